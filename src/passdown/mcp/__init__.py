"""The front end for agents: the Model Context Protocol over standard streams and HTTP, with the official SDK (the extra `mcp`)."""
