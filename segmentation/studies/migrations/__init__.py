"""How the tables of saved studies came to be, step by step; run when a database is opened.

A step that was released is never changed: a new one follows it.
"""
