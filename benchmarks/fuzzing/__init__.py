"""Parsers of untrusted input under mutated input: see `benchmarks.fuzz`."""
