"""Mentions and a parse become claims: assertion first, then measure, time, place, actor, speaker."""
