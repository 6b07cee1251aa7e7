"""Text that is safe inside SQL.

Enters: any text. Leaves: SQL in which it is a name or a value and nothing else.
"""

from __future__ import annotations


def quoted(identifier: str) -> str:
    """Return an SQL identifier in double quotes, safe for any text.

    Examples
    --------
    >>> quoted('a"b')
    '"a""b"'
    """
    return '"' + identifier.replace('"', '""') + '"'


def literal(text: str) -> str:
    """Return an SQL string literal in single quotes, safe for any text.

    Examples
    --------
    >>> literal("it's")
    "'it''s'"
    """
    return "'" + text.replace("'", "''") + "'"
