"""What fills the places of `sayings.txt`, and what people and agents say before and after it."""

NOUNS = (
    "queue", "importer", "cache", "login page", "report", "mail sender", "upload form", "nightly job", "settings screen", "parser", "API gateway",
    "payment flow", "user table", "sync", "map view", "chat", "scheduler", "thumbnail service", "CSV export", "search page", "permissions",
    "installer", "backup", "editor",
)
REASONS = (
    "it is faster", "it is simpler to test", "it survives a crash", "nothing else has to run", "the others know it already", "it costs less",
    "we have it in production", "the data must stay in order", "there is one thing less to maintain", "it works offline", "users expect that",
    "the API forces us to", "it keeps the build small", "the old one is no longer maintained", "that avoids a second deploy", "it's easier to read",
    "the licence allows it", "it handles large files", "legal asked for it", "it comes with retries", "we can change it later",
    "it is what the client speaks", "it runs on Windows too", "memory stays flat", "that is enough for now",
)
BADS = (
    "crashes", "loses the last entry", "returns old data", "hangs", "writes twice", "runs out of memory", "deadlocks", "times out", "drops messages",
    "leaks handles", "fails with a 500", "breaks the build", "shows the wrong user", "locks the table", "sends the mail twice", "ignores the limit",
    "corrupts the index", "skips rows", "swallows the error", "gets slower and slower", "overwrites the file", "never stops", "throws",
    "reads stale rows", "doubles every entry", "eats all the CPU", "returns nothing", "refuses to start", "became much slower",
    "broke the other tests", "lost events", "needed twice the memory", "was flaky",
)
CONDITIONS = (
    "two users save at once", "the disk is full", "the network is slow", "the list is empty", "the name has a blank in it", "the clock jumps",
    "it runs on Windows", "there are more than a thousand rows", "the cache is cold", "it is started twice", "the token is refreshed",
    "the file is a symlink", "the locale is German", "the server restarts", "tests run in parallel", "a migration is running",
    "the input has no header", "DST begins", "the proxy is on", "the queue is long",
)
BEFORE = {
    "agent": ("", "", "", "Okay. ", "That works. ", "I looked at it. ", "Done with that part. "),
    "user": ("", "", "", "ok. ", "hm ", "great. ", "btw ", "and "),
}
AFTER = {
    "agent": ("", "", "", " Let me go on.", " Now the tests.", " Running the checks."),
    "user": ("", "", "", " thanks", " please go on", " ok?"),
}
