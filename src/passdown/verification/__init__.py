"""Every claim held against the repository: facts in, verdicts out."""
