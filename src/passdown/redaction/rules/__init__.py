"""One module a family of issuers: what their secrets look like. `table` joins them."""
