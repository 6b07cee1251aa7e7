"""What describes the segments: the numbers, which variables differ, and one of them closely.

Enters: a visit with segments. Leaves: nothing. Refuses to colour what chance alone would show.
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from pages.ui import compute, solution_views, state, views
from pages.ui.association_views import association_section
from pages.ui.figures import figure
from pages.ui.forming_views import difference_picture
from pages.ui.text import escaped
from pages.ui.visits import Visit
from segmentation.charts import composition_bars, mean_dots
from segmentation.export.chart_rows import cross_rows, number_rows
from segmentation.profiles import Association, Profile, associations, cross_table
from segmentation.profiles.association import Test
from segmentation.wording import Words
from segmentation.wording.associations import how_tested


def describing_view(visit: Visit, described: Profile, names: tuple[str, ...], words: Words) -> None:
    """Say what else tells the segments apart, and show one variable of it closely."""
    found = associations(described)
    if not found:
        st.info(words("Every variable of the table forms the segments: none is left to describe."))
        return
    association_section(found, words)
    by_name = {each.variable: each for each in found}
    chosen = st.selectbox(words("Variable"), list(by_name), key=state.key("descriptor"))
    _closely(by_name[chosen], described, names, words)
    if solution_views.numbers_by_part(described)[1]:
        finding = solution_views.profile_finding(
            described, compute.variables(visit), names, words, basis=False
        )
        views.finding(words("What describes them"), finding)
        difference_picture(described, names, words, basis=False)


def _closely(tested: Association, described: Profile, names: tuple[str, ...], words: Words) -> None:
    """Show one descriptor against the segments, with its test under it."""
    name = tested.variable
    if tested.test is Test.CHI_SQUARED:
        table = cross_table(described, name)
        figure(
            partial(composition_bars, table, names, words),
            words("Shares of “{name}” in each segment", name=name),
            "composition",
            lambda: cross_rows(table, names, words),
        )
    else:
        facts = [fact for fact in described.numbers if fact.variable == name]
        figure(
            partial(mean_dots, facts, names, words),
            words("Mean of “{name}” in each segment", name=name),
            "means",
            lambda: number_rows(facts, names, words),
        )
    st.markdown(escaped(how_tested(tested, words)))
    if tested.test is Test.CHI_SQUARED:
        st.caption(
            words(
                "Blue: more than chance would show, orange: less, by the adjusted residual beyond "
                "1.96 (Haberman 1973). Gray: chance would do. Customers without an answer are left "
                "out of the shares."
            )
        )
    else:
        st.caption(words("Line: 95 % interval of the mean. Dashed: the mean of all customers."))
