"""The rules, one subject a file: `RULES` in each, gathered by `lint.table`."""
