"""Where a file defines what: one module a way of reading, the most exact first."""
