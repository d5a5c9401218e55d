"""Lines of an agent's transcript to events: one reader an agent, chosen by content."""
