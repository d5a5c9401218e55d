"""The guard's matching: does this prompt, command or edit reopen what is settled? Standard library only; `passdown.guard` makes its table."""
