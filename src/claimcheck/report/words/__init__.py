"""The model's values in English: numbers and days (`values`), claims, verdicts and rows."""
