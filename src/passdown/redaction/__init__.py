"""The one boundary that secrets do not pass: texts in, the same texts without secrets out."""
