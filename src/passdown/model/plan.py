"""Prompts by which hosts hand a plan over."""

START = "implement the following plan"


def is_plan(prompt: str) -> bool:
    """Whether a session was opened to carry out a plan."""
    return prompt.lstrip().lower().startswith(START)


__all__ = ["is_plan"]
