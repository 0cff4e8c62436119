"""Propositions met with the rows of curated tables, slot by slot, every word accounted for.

`accounting` says which words are one and names those that nothing explains, `frames` reads tables into what
they say, `places` and `doers` fill their slots, and `linker` puts it together. Nothing here sees a document's
text.
"""
