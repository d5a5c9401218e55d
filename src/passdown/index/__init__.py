"""The disposable index: words, places and payloads of everything kept, so that a question reads no file."""

from passdown.index.hit import Hit
from passdown.index.index import Index
from passdown.index.sources import Changes, Sources

__all__ = ["Changes", "Hit", "Index", "Sources"]
