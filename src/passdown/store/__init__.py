"""What is kept: records, the journal of their changes, events and capture state. Text is the truth."""
