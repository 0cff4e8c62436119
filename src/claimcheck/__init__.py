"""claimcheck: dated events and numeric claims in documents, checked against curated tables.

Read `model.py` first, then `judging.py`. The steps, a module each:

documents -> numbers, dates -> claims -> (store) linking -> judging -> report
"""

__version__ = "0.1.0"
