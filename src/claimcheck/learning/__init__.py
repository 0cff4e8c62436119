"""What reviewers' decisions teach: weights moved from the shipped ones, and from when a verdict is likely."""
