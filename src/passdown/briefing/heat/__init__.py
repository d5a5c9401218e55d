"""What the work is about: files, commands and names that the next session is likely to need, by what earlier ones did with them.

Measured on development projects (`docs/benchmarks.md`, selection): recency times frequency is a strong guess, and each of these made it better:
sessions of other branches count little, what was touched last in a session counts more than what was left early, a command that ran in one session
alone seldom comes back, and the list should be cut where heat falls off, not at a fixed length.
"""
