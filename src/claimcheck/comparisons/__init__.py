"""Statements about two numbers or more: what is compared with what, and how.

`reading` finds the words that compare in a parsed sentence (`data/comparisons.toml`) and what they admit
(`words`); `operands` takes each operand as a claim of the sentence with one of its slots replaced, whose rows
are weighed in `relate`. What no operand is found of is read by its words alone (`words`).
"""
