"""What styles say, piece by piece: material in, items of Markdown out."""
