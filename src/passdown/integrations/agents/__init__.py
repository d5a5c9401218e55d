"""One module an agent; the contract is `integrations.base.Agent`, the list `integrations.table`."""
