"""Studies of every kind, with the names that people really give."""

from dataclasses import replace

from hypothesis import strategies as st

from segmentation.criteria import (
    DEFAULT_POINTS,
    THRESHOLDS,
    CriteriaChoices,
    ReachRules,
    SegmentPlan,
)
from segmentation.extraction import ExtractionSpec
from segmentation.geography.nearby import NearbyPlan, Spot, SpotColumns
from segmentation.intake import Condition, Decision, Kind, Operator, ReadOptions, Style
from segmentation.intake.codebook import Entry
from segmentation.intake.filters import ABOUT_ROWS
from segmentation.intake.options import READING
from segmentation.preparation import Recipe
from segmentation.sizing import (
    Group,
    InSegments,
    Joined,
    MoneyPlan,
    Program,
    SizingPlan,
    Spread,
    WhatIf,
)
from segmentation.structure import Pin
from segmentation.study import Branch, PersonaNotes, Study, StudySource, solution_key
from segmentation.variables import Family, Role, Scale, VariableChoice
from segmentation.whereabouts import PlaceReading

NAMES = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "a.b",
            'say "cheese"',
            "it's",
            "[table]",
            "key = 1",
            "# no comment",
            "back\\slash",
            "new\nline\r\n",
            "客户编号",
            "🦊 fans",
            "__row",
            "\u2028",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=12),
)
NUMBERS = st.floats(allow_nan=False, allow_infinity=False)
SPECS = st.builds(
    ExtractionSpec,
    k_max=st.integers(2, 40),
    seed=st.integers(0, 2**31),
    restarts=st.none() | st.integers(1, 500),
)
EMPHASIS = st.dictionaries(NAMES, st.floats(0.01, 100), max_size=2)
RECIPES = st.builds(
    lambda emphasis, **fields: Recipe(**fields).with_emphasis(emphasis),
    EMPHASIS,
    scale=st.sampled_from(["unit", "range", "robust", "none"]),
    collinear=st.sampled_from(["keep", "weigh", "one"]),
    response_style=st.sampled_from(["keep", "center"]),
    log_skew=NUMBERS,
    fence_iqr=NUMBERS,
    lump_share=NUMBERS,
    missing=st.sampled_from(["partial", "mean"]),
    battery_as_is=st.booleans(),
)
CHOICES = st.builds(
    VariableChoice,
    st.none() | st.sampled_from(Role),
    st.none() | st.sampled_from(Scale),
    st.none() | st.sampled_from(Family),
    st.none() | NAMES,
)
KEYS = st.builds(solution_key, st.sampled_from(["m1", "m2"]), SPECS, st.integers(2, 9))
PERSONAS = st.builds(PersonaNotes, goals=NAMES, pains=NAMES, tone=NAMES, not_to_say=NAMES)
RATINGS = st.none() | st.integers(0, 10)
PLANS = st.builds(
    SegmentPlan, owner=NAMES, offer=NAMES, channel=NAMES, strength=RATINGS, growth=RATINGS
)
CRITERIA = st.builds(
    CriteriaChoices,
    reach=st.builds(ReachRules, st.booleans(), st.sampled_from(["", "CN", "DE"])),
    cut_off=st.none() | st.dates(),
    asked=st.lists(NAMES, max_size=3).map(tuple),
    points=st.dictionaries(st.sampled_from(sorted(DEFAULT_POINTS)), st.floats(0, 100), max_size=3),
)
ANY_VALUES = st.lists(NAMES, max_size=3).map(tuple)
COLUMNS = NAMES.filter(bool)
CONDITIONS = st.one_of(
    st.builds(Condition, COLUMNS, st.sampled_from([Operator.IS, Operator.IS_NOT]), ANY_VALUES),
    st.builds(
        Condition,
        COLUMNS,
        st.sampled_from([Operator.AT_LEAST, Operator.AT_MOST]),
        st.tuples(NAMES),
    ),
    st.builds(Condition, COLUMNS, st.sampled_from([Operator.KNOWN, Operator.MISSING])),
    st.builds(Condition, NAMES, st.just(Operator.ONCE)),
    st.builds(
        lambda share, columns: Condition("", Operator.ANSWERED, (str(share), *columns)),
        st.floats(0, 1),
        st.lists(NAMES, min_size=1, max_size=3),
    ),
    st.builds(
        lambda columns: Condition("", Operator.VARIED, tuple(columns)),
        st.lists(NAMES, min_size=2, max_size=3),
    ),
)
_DEEP = Condition("a.b", Operator.CONTAINS, ('say "cheese"', "it's"))
RULES = st.sampled_from(
    [Group(Joined.NONE, (_DEEP,)), Group(Joined.ANY, (Group(members=(_DEEP, _DEEP)), _DEEP))]
)
PINS = st.builds(
    Pin,
    NAMES.filter(str.strip),
    st.lists(CONDITIONS, max_size=2).map(tuple),
    RULES,
) | st.builds(Pin, NAMES.filter(str.strip), st.lists(CONDITIONS, min_size=1, max_size=2).map(tuple))
MERGES = st.integers(0, 8).flatmap(
    lambda first: st.tuples(st.just(first), st.integers(first + 1, 9))
)
LEAVES = st.builds(
    Branch,
    choices=st.dictionaries(NAMES, CHOICES, max_size=3),
    recipe=RECIPES,
    extraction=SPECS,
    k=st.none() | st.integers(2, 20),
    names=st.dictionaries(KEYS, st.lists(NAMES, max_size=4).map(tuple), max_size=3),
    personas=st.dictionaries(KEYS, st.lists(PERSONAS, max_size=3).map(tuple), max_size=2),
    plans=st.dictionaries(KEYS, st.lists(PLANS, max_size=2).map(tuple), max_size=1),
    given=st.none() | NAMES,
    pins=st.lists(PINS, max_size=2).map(tuple),
    merges=st.dictionaries(KEYS, st.lists(MERGES, min_size=1, max_size=3).map(tuple), max_size=2),
)
BRANCHES = st.builds(
    lambda branch, splits: replace(branch, splits=splits),
    LEAVES,
    st.dictionaries(st.tuples(KEYS, st.integers(0, 8)), LEAVES, max_size=2),
)
LEAVES_OF_FILTERS = CONDITIONS.filter(lambda c: c.operator not in ABOUT_ROWS) | st.builds(
    InSegments, NAMES, st.lists(st.integers(0, 9), max_size=3).map(tuple)
)
FILTERS = st.recursive(
    st.builds(Group, st.sampled_from(Joined), st.lists(LEAVES_OF_FILTERS, max_size=2).map(tuple)),
    lambda inner: st.builds(Group, st.sampled_from(Joined), st.lists(inner, max_size=2).map(tuple)),
    max_leaves=3,
)
SIZINGS = st.builds(
    SizingPlan,
    draft=FILTERS,
    kept=st.lists(st.builds(WhatIf, NAMES, FILTERS), max_size=2).map(tuple),
    outcome=st.none() | NAMES,
    channel=NAMES,
    consent=st.none() | st.floats(0, 1),
    market=st.none() | st.tuples(st.floats(0, 1e6), st.floats(1e6, 1e9)),
)
PROGRAMS = st.builds(Program, NAMES, NAMES, *[NUMBERS] * 6)
SPREADS = st.dictionaries(
    st.sampled_from(["people", "margin"]),
    st.builds(Spread, st.floats(0, 1), st.floats(1, 9)),
    max_size=2,
)
MONEY = st.builds(
    MoneyPlan,
    programs=st.lists(PROGRAMS, max_size=2).map(tuple),
    currency=NAMES,
    months=st.floats(1, 120),
    budget=st.none() | NUMBERS,
    spreads=SPREADS,
    own_spreads=st.dictionaries(NAMES, SPREADS, max_size=2),
)
DECISIONS = st.builds(
    Decision,
    kind=st.none() | st.sampled_from(Kind),
    style=st.none() | st.sampled_from(Style),
    missing=st.lists(NAMES, max_size=3).map(tuple),
    levels=st.lists(NAMES, max_size=3).map(tuple),
    items=st.none() | NAMES,
)
ENTRIES = st.builds(
    Entry,
    label=NAMES,
    values=st.lists(st.tuples(NAMES, NAMES), max_size=3).map(tuple),
    missing=st.lists(NAMES, max_size=2).map(tuple),
    is_reversed=st.booleans(),
)
OPTIONS = st.builds(ReadOptions, **dict.fromkeys(READING, st.none() | NAMES))
_READ = st.text("ab纬°. ", min_size=1, max_size=6)
_CORRECTIONS = st.dictionaries(NAMES, st.sampled_from(["", "C:FR", "A:440305"]), max_size=2)
PLACE_READINGS = st.builds(
    PlaceReading,
    coordinates=st.tuples(_READ) | st.tuples(_READ, _READ),
    swapped=st.booleans(),
    dates=st.lists(NAMES, max_size=2).map(tuple),
    corrections=_CORRECTIONS.map(lambda said: tuple(sorted(said.items()))),
) | st.builds(PlaceReading, address=_READ)
SPOTS = st.builds(Spot, NAMES, st.floats(-90, 90), st.floats(-180, 180, allow_subnormal=False))
PLACES = st.one_of(
    st.builds(
        NearbyPlan,
        label=COLUMNS,
        of_customers=st.tuples(NAMES, NAMES),
        file=NAMES,
        fingerprint=NAMES,
        columns=st.builds(SpotColumns, COLUMNS, COLUMNS, st.none() | COLUMNS),
    ),
    st.builds(
        NearbyPlan,
        label=COLUMNS,
        of_customers=st.tuples(NAMES, NAMES),
        points=st.lists(SPOTS, min_size=1, max_size=3).map(tuple),
    ),
)
STUDIES = st.builds(
    Study,
    nearby=st.lists(PLACES, max_size=2, unique_by=lambda p: p.label.casefold()).map(tuple),
    source=st.builds(StudySource, NAMES, NAMES, st.integers(0, 10**9), OPTIONS),
    id_name=st.none() | NAMES,
    columns=st.dictionaries(NAMES, DECISIONS, max_size=3),
    codebook=st.dictionaries(NAMES, ENTRIES, max_size=3),
    conditions=st.lists(CONDITIONS, max_size=3).map(tuple),
    branch=BRANCHES,
    thresholds=st.dictionaries(st.sampled_from(sorted(THRESHOLDS)) | NAMES, NUMBERS, max_size=3),
    places=st.none() | PLACE_READINGS,
    sizing=SIZINGS,
    money=MONEY,
    criteria=CRITERIA,
)
