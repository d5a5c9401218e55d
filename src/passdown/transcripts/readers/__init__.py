"""One module a transcript format; see `transcripts.base` for the contract and `transcripts.table` for the list."""
