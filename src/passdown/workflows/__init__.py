"""Productions, the pure part: what a plan is, the order of its phases, and the arithmetic of what they cost."""
