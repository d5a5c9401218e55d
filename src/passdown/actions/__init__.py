"""One file a verb: a project and a request in, a value out. Nothing here prints."""
