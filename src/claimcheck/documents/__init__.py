"""Files become documents: text, zones, numbered lists, sentences, own date, provenance."""

from claimcheck.documents.extracted import DocumentError
from claimcheck.documents.files import Unreadable, make, read, read_all

__all__ = ["DocumentError", "Unreadable", "make", "read", "read_all"]
