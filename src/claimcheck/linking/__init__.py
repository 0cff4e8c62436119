"""Which row a claim means, and how sure that is: levels, weights learned from text, one sum."""
