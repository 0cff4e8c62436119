"""The English names of months and weekdays, whole and abbreviated, with their numbers."""

from __future__ import annotations

import calendar

MONTHS = {name: number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name[:3]: number for name, number in MONTHS.items()} | {"Sept": 9}
"""January is 1: `MONTHS["Sept"]` is 9."""
WEEKDAYS = {name: number for number, name in enumerate(calendar.day_name)}
WEEKDAYS |= {name[:3]: number for name, number in WEEKDAYS.items()} | {"Tues": 1, "Thur": 3, "Thurs": 3}
"""Monday is 0: `WEEKDAYS["Thurs"]` is 3."""

PIECES = {
    "MONTH": "|".join(calendar.month_name[1:]),
    "MON": "|".join(calendar.month_abbr[1:]),
    "MONTHS": "|".join(sorted(MONTHS, key=len, reverse=True)),
    "WEEKDAYS": "|".join(sorted(WEEKDAYS, key=len, reverse=True)),
}
"""As pieces of patterns: whole names, three letters, and whatever is written."""
