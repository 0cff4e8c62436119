"""What is measured with `make bench`: ratios, each of its two sides in the same run on the same machine."""
