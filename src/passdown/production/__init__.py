"""Productions at work: durable runs of plans on DBOS, their attempts as processes, and the book of what became of them."""
