"""A second voice beside the rules of `kinds/`: a linear model over how a sentence is put. It vetoes what the rules see, and sees what they miss.

The weights lie in `classifier.bin`, made by `benchmarks/train_classifier.py` from sayings of our own and from the statistics of real sessions;
it holds common English words and numbers, no text of anybody.
"""

import json
import zlib
from functools import cache
from importlib.resources import files

from passdown.extract.features import BUCKETS, Features
from passdown.extract.prose import Sentence

LANE = 16  # bits of one kind's sum in a packed number
MOST = 250  # features of a sentence: so many bytes add up within a lane
ZERO = 128  # stands for a weight of 0


class Classifier:
    """kinds: what it tells apart. The weights of all kinds for one feature are packed into one number: a sum of them is a sum for each kind."""

    def __init__(self, content: bytes) -> None:
        header, _, packed = content.partition(b"\n")
        told = json.loads(header)
        self.kinds: tuple[str, ...] = tuple(told["kinds"])
        self.scales: tuple[float, ...] = tuple(told["scales"])
        self.biases: tuple[float, ...] = tuple(told["biases"])
        self.features = Features(told["words"])
        rows, width = zlib.decompress(packed), len(self.kinds)
        self.rows = [sum(byte << LANE * k for k, byte in enumerate(rows[i:i + width])) for i in range(0, BUCKETS * width, width)]

    def odds(self, sentence: Sentence, speaker: str, found: str) -> dict[str, float]:
        """How much speaks for each kind (log odds); found: the kind that the rules see, "" for none."""
        seen = self.features.of(sentence, speaker, found)[:MOST]
        total = sum(map(self.rows.__getitem__, seen))
        none = ZERO * len(seen)
        return {kind: ((total >> LANE * k & 0xFFFF) - none) * self.scales[k] + self.biases[k] for k, kind in enumerate(self.kinds)}


@cache
def classifier() -> Classifier:
    """The one that is shipped; read once a process."""
    return Classifier(files("passdown.extract").joinpath("classifier.bin").read_bytes())


__all__ = ["Classifier", "classifier"]
