"""Numbers of tokens on the command line."""

import argparse


def tokens(word: str) -> int:
    """A number that is not negative; the parser tells what is wrong with another word."""
    if not word.isdecimal():
        raise argparse.ArgumentTypeError(f"{word!r} is no number of tokens")
    return int(word)


__all__ = ["tokens"]
