"""What the next session is told: candidates are selected, packed into a token budget, and rendered."""
