"""Personal data, special categories and free text are named, with what follows from them."""

from segmentation.audit import Severity
from segmentation.variables import Role
from tests.audit.conftest import Audited, calm, codes, the


def test_personal_data_are_named_once(audited: Audited) -> None:
    table = calm()
    table["email"] = [f"a{i}@example.org" for i in range(len(table))]
    table["surname"] = [f"Name{i}" for i in range(len(table))]
    finding = the(audited(table), "personal-data")
    assert finding.columns == ("email", "surname")
    assert (finding.severity, finding.repair) == (Severity.INFORMS, None)


def test_a_special_category_is_worse_where_it_forms_segments(audited: Audited) -> None:
    table = calm().assign(religion=["a", "b", "c", "d"] * 100)
    assert the(audited(table), "special-category").severity is Severity.INFORMS
    finding = the(audited(table, {"religion": Role.BASIS}), "special-category-basis")
    assert finding.severity is Severity.DISTORTS
    assert finding.repair is not None
    assert finding.repair.choices["religion"].role is Role.DESCRIPTOR


def test_free_text_is_named(audited: Audited) -> None:
    table = calm()
    table["comment"] = [f"This is what customer number {i} wrote to us" for i in range(len(table))]
    found = audited(table)
    assert the(found, "free-text").columns == ("comment",)
    assert "id-like" not in codes(found)
