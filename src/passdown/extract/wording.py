"""Short verbatim pieces of longer texts: clips, sentences, and the one line of an output that says how it ended."""

import re

from passdown.model.sentences import sentences

ANSI = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07")
SENTENCE_CHARS = 200
WORDS = 5  # a shorter sentence ("Fix that:") says little by itself
LINE_CHARS = 300

BROKEN_TEST = re.compile(r"^(?:\(fail\) |FAILED \S|--- FAIL: |FAIL\s+\S|not ok \d)|^(?:✗|✘|×|●) \S")
RAISED = re.compile(r"^(?:E\s+)?[\w.]*(?:Error|Exception|Panic|Timeout)\b(?:\s*\[\w+\])?:\s*\S")
TOLD = re.compile(
    r"^\s*(?:error|fatal|panic|failed|failure|npm err!)\b|\berror(?:\[\w+\])?:|\berror TS\d+|^\s*(?:✗|✖|×|✘|●)\s|--- FAIL|^FAILED\b|"
    r"command not found|No such file|not found\b|Permission denied|cannot\b|undefined\b|refused|Traceback|does not exist|doesn't exist", re.IGNORECASE)
TAGS = re.compile(r"</?tool_use_error>")
EMPTY_WORDS = re.compile(r"^(?:Error: )?Exit code \d+\.?$|^[-=~_*#\s]+$|^</?[\w-]+>$")


def clip(text: str, limit: int) -> str:
    """`text`, or its beginning followed by `…`: never more than `limit` characters."""
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def ends(text: str, limit: int) -> str:
    """`text`, or its first and last half around a line with `[…]`: about `limit` characters."""
    half = limit // 2
    return text if len(text) <= limit else f"{text[:half].rstrip()}\n[…]\n{text[-half:].lstrip()}"


def plain(output: str) -> str:
    """`output` without terminal colours and carriage returns."""
    if "\x1b" in output:
        output = ANSI.sub("", output)
    return output.replace("\r\n", "\n").replace("\r", "\n") if "\r" in output else output


def said_about(text: str, name: str) -> str:
    """The last sentence of `text` that names the file `name` (with or without its suffix), else the last one of some length; "" for none."""
    found = [clip(s, SENTENCE_CHARS) for s in sentences(text)]
    stem = name.rsplit(".", 1)[0]
    named = next((s for s in reversed(found) if name in s or (len(stem) > 3 and stem in s)), "")
    return named or next((s for s in reversed(found) if len(s.split()) >= WORDS), found[-1] if found else "")


def first_sentence(text: str) -> str:
    found = sentences(text[:2_000])
    return clip(found[0], SENTENCE_CHARS) if found else ""


def lines(output: str) -> list[str]:
    """Lines that say something, without white space at their ends."""
    return [s for line in plain(output).split("\n") if (s := line.strip()) and not EMPTY_WORDS.match(s)]


def closing_line(output: str) -> str:
    """The last line that says something, "" when there is none."""
    for line in reversed(plain(output[-3_000:]).split("\n")):
        if (stripped := line.strip()) and not EMPTY_WORDS.match(stripped):
            return clip(stripped, LINE_CHARS)
    return ""


def telling_line(output: str) -> str:
    """The line that says best what went wrong: the first broken test, the last raised error, the first line that speaks of one, the closing line."""
    found = [line[:LINE_CHARS] for line in lines(output)]
    broken = next((s for s in found if BROKEN_TEST.match(s)), "")
    raised = broken or next((s for s in reversed(found) if RAISED.match(s)), "")
    told = raised or next((s for s in found if TOLD.search(s)), "")
    return TAGS.sub("", told or (found[-1] if found else ""))


__all__ = ["clip", "closing_line", "ends", "first_sentence", "lines", "plain", "said_about", "sentences", "telling_line"]
