"""Statements about two numbers or more: what is compared with what, and how.

`reading` finds them in a parsed sentence (`pairs`: more than, twice as many, rose from; `extremes`: the
deadliest, no other; `sums`: together, half of) and says each operand as a sentence of its own (`restating`),
which is read and linked like any other. The words are data (`data/comparisons.toml`), and `words` says what a
ratio told by them admits. Operands are linked in `relate/operands.py`; comparisons are judged
in `relate/comparing.py` by the arithmetic of `judging/comparing.py`.
"""
