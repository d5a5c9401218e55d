"""The checks, one file each; `verification.table` has their order."""
