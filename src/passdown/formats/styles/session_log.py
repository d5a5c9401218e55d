"""Session log: `.claude/sessions/YYYY-MM-DD-<topic>.tmp`, one file for each piece of work, over all its sessions.

Source of the format: the guide "Session Storage" with its `example-session.tmp` (system B, seen 2026-11): metadata first, metrics last, ten sections
between; the example's own ones (risks, key learnings, decision log, …) are written when there is something to say. A session context of the same
project (`# Session: <time>` with Context, Work Summary, Decisions, …, also with Korean headings) is read by the same sections.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from passdown.formats.base import Item, Layout, Material, Planned, Section, Style, nothing
from passdown.formats.parts import log, metrics, thread
from passdown.formats.parts.orientation import LEGEND
from passdown.formats.parts.wording import harmless, line

FOLDER = ".claude/sessions"
ARCHIVE = f"{FOLDER}/archive"
KEPT_DAYS = 30  # a completed log that nobody touched for so long is put away
STATUS = re.compile(r"(?mi)^[-*\s]*\*\*(?:Status)\*\*:?[ \t]*\W*([a-z_ ]+)")
THREAD = re.compile(r"(?m)^[-*\t ]*\*\*Session Thread\*\*:?(.*)$")
CHANGED = r"(?m)^[-*\s]*\*\*Updated\*\*:?[ \t]*(\d{4}-\d{2}-\d{2})"
DAYS = re.compile(r"(?m)^[-*\s]*\*\*(?:Created|Updated|Completed)\*\*:?[ \t]*(\d{4}-\d{2}-\d{2})")


def note(kind: str, words: str, options: str = "") -> str:
    return f"Nothing known yet: `passdown note {kind} \"{words}\"{' ' + options if options else ''}`"


def title(material: Material) -> str:
    return f"# Session State: {thread.topic(material)}\n**Created**: {material.today}\n**Updated**: {material.today}\n"


def head(material: Material) -> Iterator[Item]:
    """The rest of the metadata; a status that somebody set by hand stays."""
    yield Item("status", f"**Status**: {thread.status(material)}\n**Session Thread**: {line(harmless(thread.thread(material)), 120) or 'none'}")
    yield Item("legend", f"_{LEGEND}_")


SECTIONS: tuple[Section, ...] = (
    Section(1, "Context Summary", log.context, 20, ("context", "summary", "맥락", "배경"), note("knowledge", "what the work is and why it matters"),
            by_hand=True, asks="What you are working on, why it matters, the current phase."),
    Section(2, "Current Progress", log.progress, 30, ("progress", "phases"), "", "task", optional=True),
    Section(3, "What We Know", log.known, 120, ("key insights", "what we learned", "technical notes", "technical details", "기술 노트"),
            note("knowledge", "what is not obvious", "--category gotcha --file path:line"), "knowledge"),
    Section(4, "Successful Approaches", log.worked, 60, (
        "what we've tried (successful approaches)", "what we've tried (successful)", "what worked", "approaches that worked", "worked"),
        note("approach", "what worked", "--outcome worked --why \"…\" --file path --spent 2h"), "approach", {"outcome": "worked"}),
    Section(5, "Failed Approaches", log.failed, 60, (
        "what we've tried (failed approaches)", "what we've tried (failed)", "what did not work", "what didn't work", "approaches that failed", "failed"),
        note("approach", "what failed", "--outcome failed --why \"root cause\" --lesson \"…\" --spent 2h"), "approach", {"outcome": "failed"}),
    Section(6, "Not Yet Attempted", log.untried, 30, ("what we haven't tried yet", "what we have not tried yet", "not tried yet", "ideas"),
            note("approach", "an idea", "--outcome untried"), "approach", {"outcome": "untried"}),
    Section(7, "Problems & Solutions", nothing, 20, ("problems and solutions", "problem → solution", "문제 → 해결", "문제와 해결"), "", "knowledge",
            {"category": "gotcha"}, optional=True),
    Section(8, "Solution", log.solution, 15, ("final implementation", "fix"), "", "knowledge", optional=True),
    Section(9, "Open Work", nothing, 30, ("incomplete/todo", "incomplete tasks", "incomplete", "todo", "미완료/todo", "미완료", "미완료 / 다음 세션",
                                          "open feedback"), "", "task", optional=True),
    Section(10, "Next Steps", log.next_steps, 60, ("next session suggestions", "next session", "next", "다음 세션 제안", "다음 세션 권장", "다음 단계"),
            note("task", "what comes next", "--priority high --horizon immediate"), "task"),
    Section(11, "Immediate", log.due("immediate"), 40, (), "", "task", {"horizon": "immediate"}, within=10, optional=True),
    Section(12, "Short-term", log.due("short-term"), 40, ("short term",), "", "task", {"horizon": "short-term"}, within=10, optional=True),
    Section(13, "Future considerations", log.due("future"), 40, ("future", "long-term"), "", "task", {"horizon": "future"}, within=10, optional=True),
    Section(14, "Technical Decisions", log.decisions, 80, ("decisions", "decisions made", "key decisions", "결정사항", "핵심 아키텍처 결정"),
            note("decision", "what was chosen", "--why \"…\" --trade-off \"…\" --approval \"…\""), "decision"),
    Section(15, "Key Files", log.key_files, 40, ("key files involved", "files changed", "files modified", "changed files", "references", "변경된 파일 목록",
                                                "변경된 파일"), "", "resource", optional=True),
    Section(16, "Known Issues", log.issues, 40, ("issues", "blocking issues", "open issues", "현재 문제", "알려진 문제"),
            note("issue", "what is wrong", "--severity important --mitigation \"…\""), "issue"),
    Section(17, "Dependencies & Blockers", log.blockers, 40, ("dependencies and blockers", "blockers", "dependencies", "의존성 & 블로커"),
            note("blocker", "what blocks", "--impact \"…\" --next \"…\" --expected YYYY-MM-DD"), "blocker"),
    Section(18, "Performance Metrics", metrics.performance, 20, ("performance",), "", "knowledge", {"category": "performance"},
            head=metrics.HEAD, optional=True),
    Section(19, "Useful Commands", log.commands, 50, ("useful commands & scripts", "commands", "명령어"), "", "command", optional=True),
    Section(20, "Session Continuity", thread.continuity, 80, ("continuity", "work summary", "작업 요약", "이 세션에서 한 일", "구현 작업"),
            note("milestone", "what was finished", "--file path"), "task", {"state": "done"}),
    Section(21, "Risks & Mitigation", log.risks, 40, ("risks and mitigation", "risks"), "", "risk", head=log.RISKS, optional=True),
    Section(22, "Key Learnings", log.learnings, 30, ("learnings", "lessons learned", "lessons"), "", "lesson", optional=True),
    Section(23, "Decision Log", log.decision_log, 30, (), "", "decision", head=log.LOGGED, optional=True),
    Section(24, "Session Metrics", metrics.metrics, 20, ("metrics", "session stats"), "Nothing was counted yet: no session of this piece of work is known.",
            asks="Counted: time invested, lines and files changed, tests added and passing, blockers resolved."),
)
LAYOUT = Layout(
    "session-log", f"{FOLDER}/*.tmp", title, SECTIONS, budget=1_000, head=head, excludes=thread.others, dated=CHANGED,
    signs=(r"(?m)^# Session State:", r"(?m)^# Session: \d{4}-\d{2}-\d{2}\b", r"(?m)^\*\*Session Thread\*\*"))


def documents(material: Material, there: Mapping[str, str]) -> tuple[Planned, ...]:
    """The log of the piece of work in hand: the one that is there and not completed, else a new one."""
    return (Planned(open_log(material, there) or free(f"{material.today}-{slug(thread.topic(material))}", there), LAYOUT, material),)


def open_log(material: Material, there: Mapping[str, str]) -> str:
    """The latest log of this thread that is not through, "" for none. One without a thread's name is known by its own, which names the topic."""
    names = {slug(thread.thread(material)), slug(thread.topic(material))} - {""}
    for path in sorted(there, reverse=True):
        said = thread_in(there[path])
        mine = said == thread.thread(material) if said else topic_of(path) in names
        if mine and not (status_in(there[path]) == "completed" and last_work(material) > max(DAYS.findall(there[path]), default="")):
            return path
    return ""


def last_work(material: Material) -> str:
    """The day on which something was last done or noted, "" when that is not known."""
    days = [*(s.ended[:10] for s in material.sessions[:1]), *((r.updated or r.created)[:10] for r in thread.own(material))]
    return max(days, default="")


def free(name: str, there: Mapping[str, str]) -> str:
    """A path of this name that no other log has."""
    path, n = f"{FOLDER}/{name}.tmp", 2
    while path in there:
        path, n = f"{FOLDER}/{name}-{n}.tmp", n + 1
    return path


def slug(text: str) -> str:
    """Words in lower case with `-` between, 40 characters at most, of any script."""
    return "-".join(re.findall(r"[^\W_]+", text.lower()))[:40].strip("-")


def topic_of(path: str) -> str:
    """`feature-auth` of `.claude/sessions/2026-01-25-feature-auth.tmp`."""
    return re.sub(r"^\d{4}-\d{2}-\d{2}-", "", path.rsplit("/", 1)[-1].removesuffix(".tmp"))


def status_in(text: str) -> str:
    """`in_progress`, `completed`, `blocked`, or what else stands there; "" when nothing does."""
    found = STATUS.search(text)
    return found[1].strip().lower().replace(" ", "_") if found else ""


def thread_in(text: str) -> str:
    """The thread that the metadata name, "" for none and for a mere placeholder or link."""
    found = THREAD.search(text)
    said = found[1].partition("<!--")[0].strip() if found else ""
    return "" if said.startswith("[") or said == "none" else said


def retired(there: Mapping[str, str], written: Mapping[str, str], today: str) -> dict[str, str]:
    """Completed logs that nobody touched for 30 days, and where they are kept: by the file's day and by the days that it says, whichever is later."""
    out = {}
    for path, text in there.items():
        days = [d for d in (written.get(path, "")[:10], *DAYS.findall(text)) if d]
        if status_in(text) == "completed" and days and older(max(days), today):
            out[path] = f"{ARCHIVE}/{path.rsplit('/', 1)[-1]}"
    return out


def older(day: str, today: str) -> bool:
    try:
        return date.fromisoformat(today) - date.fromisoformat(day) >= timedelta(days=KEPT_DAYS)
    except ValueError:
        return False


STYLE = Style(
    "session-log", "a log for each piece of work, with what was tried (.claude/sessions/<date>-<topic>.tmp)", (LAYOUT,), documents, (f"{FOLDER}/",), retired)

__all__ = ["ARCHIVE", "FOLDER", "LAYOUT", "STYLE", "retired", "status_in", "thread_in"]
