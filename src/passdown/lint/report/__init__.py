"""Findings as people, code scanners and build servers read them: one format a file."""
