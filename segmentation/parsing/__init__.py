"""Files in formats that only foreign parsers read, each parsed in a process of its own.

Enters: a workbook or a statistical file. Leaves: its cells as text in an Arrow file, and what
stands beside them. Refuses to know: what a table is, the engine, and any layout.

The parsers are compiled code, and a damaged file is enough to make them end the whole process: one
changed byte in an SPSS file, or two cells at opposite corners of an otherwise empty sheet. Here
they take a child process with them, not the server. This room imports neither the engine nor pandas
so that the child starts quickly.
"""
