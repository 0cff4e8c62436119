"""Statements about a table as a whole: its rows named by their cells, its columns by their headers.

A table whose block says `by_headers` is a grid: whatever it is of (a season, a discography, a list of
bridges), a sentence may name a row by one of its cells and a column by its header, and say what stands there,
how many there are, which is the largest, or which of two is more. `grid` holds the table, `reading` finds its
words in a sentence, `forms` are the questions that a sentence can ask, `statements` judges documents by them.

Every word of the sentence has to be explained: by a cell, a header, a word that asks something
(`data/grid_words.toml`), the table's title, or as one that says nothing. All ways to read it have to give the
same answer. Else the sentence stays as it was.
"""
