"""The command line: a file per verb, and what the verbs share."""
