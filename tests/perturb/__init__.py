"""Changed sentences: from each supported case, some that must not be supported, and some that must stay so.

`fillers` draws words from running text, `bases` finds number, noun and verb of a statement, `must_not` and
`must_stay` change it, and `drawing` makes so many changed cases by a seed. No list of the words can be
learned: they come from whatever text is at hand.
"""
