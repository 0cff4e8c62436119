"""Propositions: a clause's words in their slots, made once from the parse. Every content word is in one."""
