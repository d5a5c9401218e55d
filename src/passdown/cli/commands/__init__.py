"""One module a verb: `HELP`, `add_arguments(parser)` and `run(args, project, out) -> exit code`; the table is in `cli.main`."""
