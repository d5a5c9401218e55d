"""Events → session facts and records: pure folds over safe events, and facts read from manifests."""
