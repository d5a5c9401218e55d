"""One subject of fuzzing a file: `TARGETS`, by name."""
