"""One file a style, each behind `formats.base.Style`."""
