"""Text becomes time mentions: periods of days, read against the document's own date, and what events fix."""

from claimcheck.dates.events import EventIndex
from claimcheck.dates.eventtime import find_event_times
from claimcheck.dates.times import find_times

__all__ = ["EventIndex", "find_event_times", "find_times"]
