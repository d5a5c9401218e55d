"""The hosts that fire hooks: a module for each way of speaking, only the one that is needed is imported. `hooks.host` has the table.

A module has

- `ANSWERED`: our names of the events whose answer reaches the conversation,
- `REMINDED`: whether a compaction is made good by the next prompt, because the host fires nothing after it,
- `RULES`: the file below the root in which the host finds the briefing anyway (`integrations.rules`), "" for none,
- `read(given, word)`: the payload in Claude Code's names of fields, which are ours, so that nothing else in a hook knows the host:
  `hook_event_name` (one of `hooks.host.EVENTS`, "" for none), `session_id`, `transcript_path`, `agent_transcript_path`, `cwd`, `source`, `prompt`, and
  one of `prompt_id`, `turn_id`, `agent_id`. word: the event that the installed command named, "" for none; not every host says it in the payload,
- `envelope(event, said)`: the one JSON object with a line end that carries `said` into the conversation.
"""
