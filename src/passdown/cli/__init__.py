"""The command line: arguments in, one action, text or JSON out."""
