"""What of a project's own documents a task needs: memory documents (system D) and the session context with its reading order (system E)."""
