"""Text ↔ values: records as files, and the front matter they share with other Markdown."""
