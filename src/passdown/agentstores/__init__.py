"""Where agents keep sessions otherwise than as one file each: databases, folders of a task, a branch of git.

A store is an edge: it finds the sessions in such a place and tells one of them as JSON lines, in order, which a reader of
`transcripts` turns into events like any other transcript. It never writes, and never makes the agent wait.
"""
