"""Claims with the words around them: what `linking` compares with rows, and all that it sees of a text."""

from claimcheck.frames.frame import Frame, frames_of
from claimcheck.frames.words import Word, Words

__all__ = ["Frame", "Word", "Words", "frames_of"]
