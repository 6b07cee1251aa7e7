"""How a file is read is corrected on the page; another file of an archive begins anew."""

from streamlit.testing.v1 import AppTest

from segmentation.intake import ReadOptions


def a_page_on_an_archive() -> None:
    import streamlit as st

    from pages.ui import state
    from pages.ui.reading_inputs import reading
    from segmentation.intake import ReadOptions
    from segmentation.intake.table import Source

    source = Source("a.zip", "csv", 9, "cp1252", ";", member="a.csv", members=("a.csv", "b.csv"))
    options = ReadOptions(encoding="cp1252", delimiter=";", member="a.csv")
    st.session_state["wanted"] = reading(source, options, state.words())


def test_what_was_said_stays_while_nothing_is_touched_or_one_thing_is_corrected() -> None:
    page = AppTest.from_function(a_page_on_an_archive).run()
    said = ReadOptions(encoding="cp1252", delimiter=";", member="a.csv")
    assert page.session_state["wanted"] == said
    page.selectbox(key="delimiter").set_value(",").run()
    assert page.session_state["wanted"] == ReadOptions("cp1252", ",", None, "a.csv")


def test_another_file_of_an_archive_is_read_with_fresh_options() -> None:
    page = AppTest.from_function(a_page_on_an_archive).run()
    page.selectbox(key="member").set_value("b.csv").run()
    assert not page.exception
    assert page.session_state["wanted"] == ReadOptions(member="b.csv")
