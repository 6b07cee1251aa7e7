"""From customers to an audience: who agreed, who can be found, each person once.

Enters: a customer table, the engine table of labels and a plan. Leaves: an engine table of the
people with their identifiers in normal form, and how many customers fell out where. Refuses to
bring all addresses into memory: different values stream through in batches. Nothing is hashed here,
and the table goes with the visit.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import pyarrow as pa

from segmentation.audiences.consent import consents_sql
from segmentation.audiences.identifiers import normaliser
from segmentation.audiences.plan import AudiencePlan
from segmentation.audiences.platforms import Part
from segmentation.criteria.identifiers import region_of
from segmentation.engine.duck import literal, quoted
from segmentation.intake import CustomerTable
from segmentation.intake.kinds import trimmed

_STEM = "audience_"
# The first 53 bits of a hash as a number in [0, 1): what a double holds exactly.
_DRAW = "CAST(md5_number_lower({seed} || '|' || {who}) >> 11 AS DOUBLE) / 9007199254740992"


@dataclass(frozen=True, slots=True)
class Audience:
    """The people of an audience, and how many customers fell out on the way.

    Attributes
    ----------
    table : CustomerTable
    name : str
        Engine table: ``key``, ``segment``, ``draw`` in [0, 1) and a column a part.
    plan : AudiencePlan
    members : int
        Customers in the segments.
    refused, unknown : int
        Of these, without consent, and of unknown consent where that leaves them out.
    without, invalid : int
        Of the others, with no identifier at all, and with none that is valid.
    doubled : int
        Of the others, whose identifier an earlier customer has.
    people : int
        Who are left.
    """

    table: CustomerTable
    name: str
    plan: AudiencePlan
    members: int
    refused: int
    unknown: int
    without: int
    invalid: int
    doubled: int
    people: int

    @property
    def consenting(self) -> int:
        """Members who may be addressed."""
        return self.members - self.refused - self.unknown

    @property
    def valid(self) -> int:
        """Members who may be addressed and can be found."""
        return self.consenting - self.without - self.invalid


def build(table: CustomerTable, labels: str, plan: AudiencePlan, *, seed: int) -> Audience:
    """Find the people of an audience; the table of an earlier one goes.

    Parameters
    ----------
    table : CustomerTable
    labels : str
        Engine table with ``__row`` and ``segment``.
    plan : AudiencePlan
    seed : int
        Of the draw that decides on the hold-out: the same customer always draws the same number.

    Returns
    -------
    Audience

    Raises
    ------
    UnknownPlatform, NoIdentifier, UnknownColumn
    """
    marks = (table.name, labels, repr(replace(plan, segments=tuple(sorted(plan.segments)))), seed)
    mark = hashlib.sha256(repr(marks).encode()).hexdigest()[:12]
    name, members = f"{_STEM}{mark}", f"members_of_{_STEM}{mark}"
    session = table.session
    session.drop([each for each in session.tables() if each.startswith(_STEM)])
    with session.undone_on_failure():
        session.create(members, _members(table, labels, plan))
        normal = {part: _normalised(table, part, plan) for part in plan.identifiers}
        counted = session.rows(_counts(members, plan, normal))[0]
        session.create(name, _people(members, plan, normal, seed))
        session.drop([members])
    people = int(session.rows(f"SELECT count(*) AS n FROM {quoted(name)}")[0]["n"])
    found = {key: int(value) for key, value in counted.items()}
    valid = found.pop("valid")
    return Audience(table, name, plan, **found, doubled=valid - people, people=people)


def _members(table: CustomerTable, labels: str, plan: AudiencePlan) -> str:
    """The members of the segments with what the file may say of them, as the file has it."""
    whose = table.id_name and _cell(table, table.id_name)
    cells = [f"{whose or 'CAST(NULL AS VARCHAR)'} AS id"]
    cells += [f"{_cell(table, plan.columns[part])} AS {part.value}" for part in plan.parts]
    cells += [f"a.{part.value}_consent" for part in plan.identifiers]
    if Part.COUNTRY in plan.columns and Part.COUNTRY not in plan.parts:
        cells.append(f"{_cell(table, plan.columns[Part.COUNTRY])} AS country")
    chosen = ", ".join(map(str, sorted(plan.segments)))
    wanted = f"WHERE l.segment IN ({chosen})" if plan.segments else ""
    return (
        f"SELECT c.__key AS key, l.segment, {', '.join(cells)} "
        f"FROM {quoted(table.raw.table)} r JOIN {quoted(table.name)} c ON r.__row = c.__row "
        f"JOIN {quoted(labels)} l ON r.__row = l.__row "
        f"JOIN ({consents_sql(table, plan)}) a ON r.__row = a.__row {wanted}"
    )


def _cell(table: CustomerTable, name: str) -> str:
    """The text of a cell as the file has it; that of a column worked out, as text."""
    if name in table.raw.names:
        return f"nullif({trimmed(f'r{table.raw.names.index(name)}')}, '')"
    return f"CAST(c.{quoted(table.column(name).key)} AS VARCHAR)"


def _normalised(table: CustomerTable, part: Part, plan: AudiencePlan) -> str:
    """Store the different cells of a column with their normal forms, once for all audiences."""
    session, shape = table.session, next(c.shape for c in plan.to.columns if c.part is part)
    value, place = _cell(table, plan.columns[part]), "CAST(NULL AS VARCHAR)"
    if _has_place(part, plan):
        place = _cell(table, plan.columns[Part.COUNTRY])
    region = plan.region if part is Part.PHONE else ""
    marks = repr((table.name, part, shape, value, place, region))
    name = f"normal_{hashlib.sha256(marks.encode()).hexdigest()[:12]}"
    if session.has(name):
        return name
    different = f"{name}_different"
    session.create(
        different,
        f"SELECT DISTINCT {value} AS value, {place} AS place FROM {quoted(table.raw.table)} r "
        f"JOIN {quoted(table.name)} c ON r.__row = c.__row WHERE {value} IS NOT NULL",
    )
    write, regions = normaliser(part, shape), _Regions(region)

    def parts() -> Iterator[pa.Table]:
        yield _pairs([], [], [])
        for batch in session.batches(session.table(different)):
            values, places = batch["value"].to_pylist(), batch["place"].to_pylist()
            yield _pairs(values, places, _written(values, places, write, regions))

    session.fill(name, "*", parts())
    session.drop([different])
    return name


def _has_place(part: Part, plan: AudiencePlan) -> bool:
    return part is Part.PHONE and Part.COUNTRY in plan.columns


class _Regions(dict[str | None, str]):
    """ISO codes by the name of a country, looked up once each; else the one that was chosen."""

    def __init__(self, otherwise: str) -> None:
        super().__init__()
        self._otherwise = otherwise

    def __missing__(self, name: str | None) -> str:
        self[name] = (region_of(name) if name else "") or self._otherwise
        return self[name]


def _written(
    values: list[str],
    places: list[str | None],
    write: Callable[[str, str], str],
    regions: Mapping[str | None, str],
) -> list[str | None]:
    found = (write(text, regions[place]) for text, place in zip(values, places, strict=True))
    return [text or None for text in found]


def _pairs(values: list[str], places: list[str | None], normal: list[str | None]) -> pa.Table:
    columns = {"value": values, "place": places, "normal": normal}
    return pa.table({name: pa.array(column, pa.string()) for name, column in columns.items()})


def _joined(members: str, plan: AudiencePlan, normal: Mapping[Part, str]) -> str:
    """Members with each identifier's normal form, which only those have who may be addressed."""
    allowed = ">= 0" if plan.unknown_consent else "> 0"
    cells, joins = [], []
    for part, into in normal.items():
        p = part.value
        by_place = f" AND {p}_of.place IS NOT DISTINCT FROM m.country"
        place = by_place if _has_place(part, plan) else ""
        joins.append(f"LEFT JOIN {quoted(into)} {p}_of ON {p}_of.value = m.{p}{place}")
        cells.append(f"CASE WHEN m.{p}_consent {allowed} THEN {p}_of.normal END AS {p}_normal")
        cells.append(f"m.{p}_consent {allowed} AS {p}_allowed")
    return f"SELECT m.*, {', '.join(cells)} FROM {quoted(members)} m {' '.join(joins)}"


def _counts(members: str, plan: AudiencePlan, normal: Mapping[Part, str]) -> str:
    """Count who falls out where; each member falls out once."""
    names = [part.value for part in normal]
    allowed = " OR ".join(f"{p}_allowed" for p in names)
    unknown = " OR ".join(f"{p}_consent = 0" for p in names)
    given = " OR ".join(f"({p}_allowed AND {p} IS NOT NULL)" for p in names)
    valid = " OR ".join(f"{p}_normal IS NOT NULL" for p in names)
    wanted = {
        "members": "true",
        "refused": f"NOT ({allowed}) AND NOT ({unknown})",
        "unknown": f"NOT ({allowed}) AND ({unknown})",
        "without": f"({allowed}) AND NOT ({given})",
        "invalid": f"({given}) AND NOT ({valid})",
        "valid": valid,
    }
    counts = ", ".join(f"count(*) FILTER ({where}) AS {name}" for name, where in wanted.items())
    return f"SELECT {counts} FROM ({_joined(members, plan, normal)})"


def _people(members: str, plan: AudiencePlan, normal: Mapping[Part, str], seed: int) -> str:
    """Each person once, by the first identifier that they have; the smallest key stays."""
    person = f"coalesce({', '.join(f'{part.value}_normal' for part in normal)})"
    draw = _DRAW.format(seed=literal(str(seed)), who=f"coalesce(id, {person})")
    others = [part.value for part in plan.parts if part not in normal]
    cells = [f"{part.value}_normal AS {part.value}" for part in normal] + others
    rows = f"SELECT *, {person} AS person FROM ({_joined(members, plan, normal)})"
    return (
        f"SELECT key, segment, {draw} AS draw, {', '.join(cells)} FROM ({rows}) "
        "WHERE person IS NOT NULL "
        "QUALIFY row_number() OVER (PARTITION BY person ORDER BY key, segment) = 1"
    )
