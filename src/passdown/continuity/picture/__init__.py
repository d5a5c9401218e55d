"""The report as a person sees it: a table of text, a picture, a page. Strings only; nothing is written here."""
