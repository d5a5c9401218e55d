"""The front end that agents' hooks start: standard library only, and little of that (docs/design.md, "Hooks")."""
