"""Text becomes quantity mentions: intervals with their qualifiers, units and counted nouns. No parser."""

from claimcheck.numbers.ages import find_ages
from claimcheck.numbers.numerals import Numeral, find_numerals, parse_numeral
from claimcheck.numbers.quantities import find_quantities

__all__ = ["Numeral", "find_ages", "find_numerals", "find_quantities", "parse_numeral"]
