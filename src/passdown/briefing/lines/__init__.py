"""What could be said, one subject a file: each gives candidates for the sections of a briefing."""
