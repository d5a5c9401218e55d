"""What is settled, as the table that `hooks.guarding` holds prompts, commands and edits against."""
