"""Whether the next session really continued: figures for each pair of sessions, from kept events, session facts and records alone."""
