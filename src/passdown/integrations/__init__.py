"""How passdown is wired into agents: what stands in their configuration files, and edits of such text. Pure: texts in, texts out."""
