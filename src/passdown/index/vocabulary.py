"""Words of questions: which say nothing, which say the same, and which tell what kind of record is wanted. English, and the trade's own."""

_STOP = """
a about above after again against all also am an and any anyone anything are around as at be because been before being below between both
but by came can cannot come could did didn do does doesn doing don done down during each either else ever every everything few for from further
get gets getting give go goes going got had has have having he her here hers him his how i if in into is isn it its itself just
ll let like look make many may me might mine more most much must my neither no nor not now of off on once one only onto or other our ours
out over own per please put re s same shall she should so some something such t than that the their theirs them then there these they thing
things this those through to too towards under until up upon us ve very was wasn way we were weren what whatever when where whether which while
who whom whose why will with within without won would you your yours
"""

# They stand in many a question and tell little of what it is about, yet may be just the word that a record has.
_VAGUE = """
approach approaches attempt attempts blocked blocker blocking care careful chose chosen configured configure current currently day days decide
decided decision earlier else failed failure find found happen happens happened issue issues keep known last learn learned left making mention
need needed needs next note notes option options person pick picked piece pitfall pitfalls prefer preference preferences present problem problems
question quickly reason remain remaining remains repeat resume said say says set setting settings state status step steps still style
surprise surprising task tasks thing think today told tool tried try trying unfinished use used user uses using value want wanted wants
wait waiting work worked working works write written wrong
"""

# Groups of words that mean nearly the same where software is made. A blank joins the words of a phrase.
_ALIKE = """
auth, authentication, authorization, authorisation, login, log in, sign in, signin, sso
credential, token, secret, key, password, api key
expire, stale, outdated, invalid, rotate
config, configuration, setting, option, preference, profile
env, environment, variable
db, database, sql, storage
migration, schema change, migrate
cache, memo, memoize, memoise, memoized, memoised
queue, background, worker, job, task runner, async
schedule, cron, timer, periodic
date, time, timestamp, datetime, clock
parse, parser, parsing, decode, read
serialize, serialise, encode, dump, render, write
format, layout, style
lint, linter, static check
test, spec, check
flaky, intermittent, unstable
build, compile, bundle
deploy, release, rollout, ship, publish
ci, pipeline, workflow, continuous integration
dependency, package, library, module
upgrade, update, bump
install, setup, set up
error, exception, failure, fault
crash, abort, die, panic, segfault
hang, freeze, stuck, deadlock, never finish, block
slow, performance, speed, latency, fast
memory, ram, leak
delete, remove, drop, erase
rename, move
duplicate, twice, repeat
missing, absent, lost, gone
empty, blank, zero
revert, undo, roll back, rollback, back out
retry, try again, attempt
limit, quota, throttle, rate limit
log, logging, trace
monitor, metric, telemetry, observability
alert, notification, notify, message
email, mail, smtp
upload, import, ingest
download, export, fetch
search, find, lookup, query
index, indexing
sort, order, ranking
page, pagination, paging
ui, interface, frontend, front end, screen
backend, server, back end
endpoint, route, api, url
request, call, http
response, reply, answer
client, sdk
permission, access, role, privilege
user, account, member
payment, billing, invoice, charge
report, summary, statistic
chart, graph, plot
image, picture, photo, thumbnail
file, document
folder, directory
path, location
command, cli, shell, command line
flag, switch, toggle
script, tool
plugin, extension, add on
hook, callback, trigger, event
translation, i18n, locale, language
theme, colour, color, dark mode
validate, validation, verify, check
sync, synchronize, synchronise, replicate
lock, mutex, concurrency, concurrent, simultaneous, race
thread, process
transaction, commit
branch, merge
doc, documentation, readme
comment, remark
name, naming, convention
replace, swap, substitute
choose, pick, select, chosen, decide
blocker, blocked, obstacle, waiting, stuck
unfinished, remaining, left, incomplete, todo
pitfall, gotcha, trap, caveat
prefer, preference, taste, like
encrypt, encryption, cipher, crypto
compress, compression, zip, gzip
container, docker, image
cluster, kubernetes, k8s
stream, streaming
websocket, socket, realtime, real time
session, cookie
router, routing, navigation
state, store
form, input, field
table, grid, list
mock, stub, fake
"""
_SUFFIXES = (
    "ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ers", "ies", "ied", "ed", "er", "es", "ly", "s", "e", "y",
)


STOP_WORDS = frozenset(_STOP.split())
VAGUE = frozenset(_VAGUE.split())


def root(word: str) -> str:
    """`word` without its ending, at least three characters: to find a word in a list, and in a text where it begins so."""
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= 3:
            return word[: -len(suffix)]
    return word


def _synonyms() -> dict[str, tuple[str, ...]]:
    """The other words of its groups, by the root of each word."""
    found: dict[str, list[str]] = {}
    for line in _ALIKE.strip().splitlines():
        group = [word.strip() for word in line.split(",")]
        for word in group:
            key = " ".join(map(root, word.split()))
            found[key] = list(dict.fromkeys([*found.get(key, []), *(w for w in group if w != word)]))
    return {key: tuple(words) for key, words in found.items()}


SYNONYMS = _synonyms()


# What a question's wording says about the kind of the record that answers it, with a factor for its score.
_HINTS = """
decision 1.35: why, how come, decide, decision, chose, chosen, choose, choice, pick, settle, agree, instead of, rationale
preference 1.35: prefer, preference, taste, style, convention, habit, like, always, never, want
blocker 1.35: block, blocker, wait, obstacle, stuck, must act, depend on, hold up, not finish
task 1.35: next, left, remain, unfinished, todo, to do, resume, still, open, pending, outstanding, continue
approach 1.35: tried, try, attempt, fail, failure, not work, didn t, dead end, revert, rolled back, not repeat, again, badly
knowledge 1.2: problem, surprise, pitfall, careful, gotcha, watch out, trap, caveat, known, trouble, break, bug, warn, when, whenever
issue 1.2: problem, known, trouble, break, bug, careful, pitfall
lesson 1.15: surprise, pitfall, careful, gotcha, watch out, caveat, trouble
knowledge 1.2: token, key, credential, secret, password, sign in, log in, login, expire, 401, 403
resource 1.15: token, key, credential, secret, password, where is, link, url
test-data 1.15: token, key, credential, secret, password, test data
decision 1.15: current, configure, setting, present, these day, default, set to, value
knowledge 1.15: current, configure, setting, present, these day, default, set to, value
command 1.2: how do, how to, how can, run, command, start, launch, install
risk 1.35: risk, go wrong, danger
lesson 1.35: learn, lesson
milestone 1.3: milestone, achieve, deliver, ship
"""


def _hints() -> dict[str, dict[str, float]]:
    """Factor by kind, by the root of a word or the roots of two words that stand side by side."""
    found: dict[str, dict[str, float]] = {}
    for line in _HINTS.strip().splitlines():
        head, _, words = line.partition(":")
        kind, _, factor = head.partition(" ")
        for word in words.split(","):
            kinds = found.setdefault(" ".join(map(root, word.split())), {})
            kinds[kind] = max(float(factor), kinds.get(kind, 1.0))
    return found


HINTS = _hints()

__all__ = ["HINTS", "STOP_WORDS", "SYNONYMS", "VAGUE", "root"]
