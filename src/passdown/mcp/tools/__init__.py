"""The tools, a file each; `table` lists them."""
