"""A sentence as one tree: shown to the parser, parsed, mended, cut into clauses and propositions."""
