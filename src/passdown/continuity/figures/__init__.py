"""One figure a file, with the members of `continuity.base.Figure`. They do not know each other."""
