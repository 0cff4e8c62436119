"""How a text words it: what stands before, behind and between. Each question is asked here, once.

`matching` and `judging` decide upon the answers ("the article before it", "is it in a quotation?") and see
no characters of a document themselves.
"""
