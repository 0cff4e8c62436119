"""The desk at which reviewers decide: a web application on this machine, over the latest snapshot."""
