"""What rows say together: differences, shares and sums, each computed with its SELECT."""
