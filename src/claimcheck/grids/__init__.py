"""Statements about a table as a whole: its rows named by their cells, its columns by their headers.

A table whose block says `by_headers` is a grid, whatever it is of. Every word of a sentence about it has to
be explained: by a cell, a header, a word that asks something (`data/grid_words.toml`), the table's title, or
as one that says nothing; all ways to read it have to give the same answer. Else it stays as it was.
"""
