"""What a reply says of the state that an earlier session left, and whether it is so."""

import re
from collections.abc import Iterator

from passdown.continuity.alike import covers
from passdown.continuity.course import Said
from passdown.continuity.pair import Pair
from passdown.extract.closing import says
from passdown.extract.commands import purpose
from passdown.extract.words import content_words
from passdown.loading.markdown import Markdown
from passdown.loading.phases import current, named
from passdown.model.session import CheckFact

TELLS = re.compile(
    r"\b(?:where (?:we|things) (?:are|stand|left off)|(?:last|previous|earlier|prior) session|so far|left off|pick(?:ing)? up|continu(?:e|ing) (?:from|with)"
    r"|current(?:ly)? (?:state|status|on)|already (?:done|implemented|in place|committed|merged)|still (?:open|failing|to do)|remaining|uncommitted"
    r"|context (?:confirms|says)|according to (?:the )?(?:briefing|context|hand-?off|memory))\b", re.IGNORECASE)
BRANCH = re.compile(r"\b(?:on|branch)(?: the)?(?: branch)?:? (?P<quoted>[`*]{0,3})([\w][\w./-]*[\w])[`*]{0,3}(?P<word> branch\b)?")
SHA = re.compile(r"(?<![\w-])(?=[a-f]*\d)(?=\d*[a-f])[0-9a-f]{7,40}(?![\w-])")
PASSING = re.compile(
    r"\b(?:all|both|every|(\d+))(?: \w+){0,3} tests?(?: \w+)? (?:pass(?:es|ed|ing)?|are green)\b|\btests? (?:all )?pass(?:es|ed|ing)?\b", re.IGNORECASE)
FAILING = re.compile(
    r"\b(?:(\d+)(?: \w+){0,2} tests? (?:fail(?:s|ed|ing)?|still fail)|(?<!no )(?<!any )tests? (?:are |is |still )?(?:fail(?:s|ing)?|red)\b)", re.IGNORECASE)
DONE = re.compile(r"\b(?:done|complete[ds]?|finished|implemented|shipped|already)\b|✅|✔", re.IGNORECASE)
LEAST_FILES = 2
TASK_SHARE, TASK_WORDS = 0.6, 3
PREDICTED = re.compile(r"\b(?:should|will|would|make sure|ensure|until|if|so that|verify|check|confirm|let me|then)\b", re.IGNORECASE)

Stated = tuple[int, str, bool]  # event, what was said, whether it is so


def sounds_like_state(text: str) -> bool:
    return TELLS.search(text) is not None


def facts_in(reply: Said, pair: Pair) -> list[str]:
    """Kinds of facts about what the earlier session left that a reply names."""
    text, files = reply.text, {path.rsplit("/", 1)[-1] for path in pair.before.files_changed}
    found = {
        "branch": any(m[2] == pair.before.branch for m in BRANCH.finditer(text)),
        "commit": bool(_commits(text, pair)) or any(says(content_words(text), c.subject) for c in pair.before.commits),
        "checks": not tested(reply, pair) and bool(PASSING.search(text) or FAILING.search(text)),
        "open work": any(covers(text, task, share=TASK_SHARE, least=TASK_WORDS) for task in open_work(pair)),
        "changed files": sum(name in text for name in files) >= min(LEAST_FILES, len(files) or 1)}
    return [kind for kind, there in found.items() if there]


def open_work(pair: Pair) -> list[str]:
    """What the earlier session left to do."""
    return [*(t.text for t in pair.before.todos if t.status != "completed"), *(r.text for r in pair.in_force("task", "blocker", "question"))]


def claims(reply: Said, pair: Pair) -> Iterator[Stated]:
    """What a reply says of the state that can be held against facts."""
    yield from _branch(reply, pair)
    yield from ((reply.n, f"commit {sha}", True) for sha in _commits(reply.text, pair))
    yield from _checks(reply, pair)
    yield from _tasks(reply, pair)
    yield from _phase(reply, pair)


def _commits(text: str, pair: Pair) -> list[str]:
    known = [sha for s in (pair.after, *pair.earlier) for sha in (s.head, s.end_head, *(c.sha for c in s.commits)) if sha]
    return [m[0] for m in SHA.finditer(text) if any(sha.startswith(m[0]) or m[0].startswith(sha) for sha in known)]


def _branch(reply: Said, pair: Pair) -> Iterator[Stated]:
    """A branch that is named as one, against those the sessions had."""
    real = {*pair.before.branches, pair.before.branch, *pair.after.branches, pair.after.branch}
    for match in BRANCH.finditer(reply.text):
        if match[2] in real or (match["quoted"] and (match["word"] or "branch" in match[0])):
            yield reply.n, f"branch {match[2]}", match[2] in real


def _checks(reply: Said, pair: Pair) -> Iterator[Stated]:
    """Test results, as long as the session has not run any itself: then it speaks of those."""
    last = tests_of(pair)
    if last is None or tested(reply, pair):
        return
    for line in reply.text.split("\n"):
        if PREDICTED.search(line):
            continue
        if failing := FAILING.search(line):
            yield reply.n, failing[0], not last.ok and (not failing[1] or int(failing[1]) == last.failed)
        elif passing := PASSING.search(line):
            yield reply.n, passing[0], last.ok and (not passing[1] or int(passing[1]) == last.passed)


def tested(reply: Said, pair: Pair) -> bool:
    """Whether the session had run tests itself by then."""
    return any(purpose(ran.command) == "test" for ran in pair.course.commands if ran.n < reply.n)


def tests_of(pair: Pair) -> CheckFact | None:
    """The last test run of the earlier session."""
    return next((check for check in sorted(pair.before.checks, key=lambda c: c.at, reverse=True) if check.passed >= 0 or check.failed >= 0), None)


def _tasks(reply: Said, pair: Pair) -> Iterator[Stated]:
    """Open work that is named as open, or as done."""
    for task in open_work(pair):
        line = next((line for line in reply.text.split("\n") if covers(line, task, share=TASK_SHARE, least=TASK_WORDS)), None)
        if line and sounds_like_state(reply.text):
            yield reply.n, f"open: {task[:60]}", not DONE.search(line)


def _phase(reply: Said, pair: Pair) -> Iterator[Stated]:
    """The phase, against the one that the document which was handed over gives."""
    phases = [phase for g in pair.given if g.kind == "document" and (phase := current(Markdown(g.text))) >= 0]
    said = named(reply.text)
    if phases and said >= 0:
        yield reply.n, f"phase {said}", said == phases[-1]


__all__ = ["claims", "facts_in", "open_work", "sounds_like_state", "tests_of"]
