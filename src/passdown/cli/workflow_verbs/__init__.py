"""Sub-verbs of `passdown workflow` that are about plans, one module each: `add_<verb>(sub)` adds its parser, whose `run_verb` does the work."""
