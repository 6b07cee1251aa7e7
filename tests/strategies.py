"""Random tables for property tests: what may stand in a file, not what ought to."""

from hypothesis import strategies as st

# NUL is no text and is taken out; half a surrogate pair is no character.
CELLS = st.text(
    st.characters(exclude_characters="\0", exclude_categories=("Cs",)), max_size=12
) | st.sampled_from(
    [
        "",
        " ",
        '"',
        '""',
        ",",
        ";",
        "\t",
        "|",
        "\n",
        "\r",
        "\r\n",
        "a,b",
        'say "hi"',
        "=1+1",
        "名称",
        "0",
    ]
)


@st.composite
def text_tables(draw: st.DrawFn, max_rows: int = 12, max_columns: int = 5) -> list[list[str]]:
    """Rows of equally many text cells, something in each and one of them more than blanks."""
    width = draw(st.integers(1, max_columns))
    row = st.lists(CELLS, min_size=width, max_size=width).filter(any)
    table = st.lists(row, min_size=1, max_size=max_rows)
    return draw(table.filter(lambda rows: any(cell.strip() for row in rows for cell in row)))
