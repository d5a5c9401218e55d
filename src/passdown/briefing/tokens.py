"""How many tokens a text costs, without a tokenizer."""

import re

# One match is about one token of a modern byte-pair vocabulary: a short word with its leading space, six more letters of a
# long one, up to three digits, a run of one punctuation mark, a line break with its indentation, one character of any other script.
PIECE = re.compile(r" ?[A-Za-z]{1,7}|[A-Za-z]{1,6}|\d{1,3}|\n[ \t]*|([^\w\s])\1*|[^\x00-\x7f]|[ \t]+|_")


def estimate(text: str) -> int:
    """Tokens of `text`: the larger of the pieces counted above and characters / 4, rounded up."""
    return max(sum(1 for _ in PIECE.finditer(text)), -(-len(text) // 4))


__all__ = ["estimate"]
