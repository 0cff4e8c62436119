"""What rows say together: differences, sums, extremes and ranks, each computed with its SELECT."""
