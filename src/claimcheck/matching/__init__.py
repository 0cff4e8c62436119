"""Propositions met with the rows of curated tables, slot by slot, every word accounted for.

`concepts` says which words are one, `frames` reads tables into what they say, `places`, `doers` and `counted`
fill their slots, `accounting` names the words that nothing explains, and `linker` puts it together. Nothing
here sees a document's text.
"""
