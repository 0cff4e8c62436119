"""Claims meet the rows that may decide them: names and measures in the text, candidates in SQL."""
