"""The vocabulary: plain frozen values that everything else takes and returns."""
