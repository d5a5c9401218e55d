"""What is found, what is replaced by mistake, how fast: `python -m benchmarks.redaction [DATA]` (default: PASSDOWN_TEST_DATA; without it the first two parts).

1. Recall on secrets made from every format (`redaction.table.FORMATS`), each in surroundings and writings of its own: of the invented part no eight
   characters in a row may be left.
2. Recall on an independent scanner's formats: strings drawn at random from the expressions of detect-secrets' plugins (install it to have this part), kept
   when the plugin itself takes them for a secret; ours must replace something of each.
3. Megabytes of UTF-8 a second over the strings of every transcript row, one event a row as `scan_events` sees them, of processor time and of the clock,
   median of five rounds, beside `str.lower` and `zlib.crc32` of the same;
   the replacements a megabyte, by kind and shape. No secret is printed: what was replaced is shown as its shape.
"""

import base64
import contextlib
import json
import os
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random
from string import ascii_letters, digits
from typing import Any
from urllib.parse import quote
from zlib import crc32

ROUNDS = 5
EACH = 6  # samples of a format
KNOWN = 8  # characters in a row by which a secret is known
ORACLE_EACH = 40  # strings drawn from one expression
SURROUNDINGS = ("{}", "use {} for now", "- `{}`,", "Output:\n{}\nexit 0", "first\\n{}\\nlast", "({}).")


def written(text: str) -> Iterator[tuple[str, str]]:
    """A text in each writing in which tools show one."""
    yield "plain", text
    yield "json", json.dumps({"out": text})
    yield "json twice", json.dumps(json.dumps({"out": text}))
    yield "percent", quote(text, safe="-._~=:/?&@{}\" ")
    yield "base64", base64.b64encode(f"config: {text}".encode()).decode()
    yield "base64 wrapped", "\n    ".join(re.findall(".{1,76}", base64.b64encode(f"config: {text}\nend of it".encode()).decode()))


def corpus() -> Iterator[tuple[str, str, str, str]]:
    """(code, writing, text, secret): every format in every writing, and plain in several surroundings."""
    from passdown.redaction.fakes import with_secret
    from passdown.redaction.table import FORMATS

    for number, form in enumerate(FORMATS):
        for turn in range(EACH):
            text, secret = with_secret(form, Random(f"{number}-{turn}"))
            writing, shown = list(written(SURROUNDINGS[turn].format(text)))[turn]
            yield form.code, "plain", SURROUNDINGS[turn].format(text), secret
            if turn:
                yield form.code, writing, shown, secret


def part_of(secret: str, text: str) -> bool:
    """Whether so much of a secret stands in a text that it could be known by it."""
    return any(secret[at: at + KNOWN] in text for at in range(max(1, len(secret) - KNOWN + 1)))


def own_recall() -> None:
    from passdown.redaction.scan import redact

    total: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    kinds: Counter[tuple[str, str]] = Counter()
    for code, writing, text, secret in corpus():
        total[writing] += 1
        left = redact(text)
        if left == text or part_of(secret, left) or ("base64" in writing and "[REDACTED" not in left):
            missed[writing] += 1
            kinds[writing, code] += 1
    print(f"own formats: {total.total()} samples, recall {1 - missed.total() / total.total():.2%}")
    for writing, count in total.items():
        print(f"  {writing:16} {count:5} samples, recall {1 - missed[writing] / count:.2%}   missed: "
              + ", ".join(f"{code} {n}" for (where, code), n in kinds.most_common(200) if where == writing)[:400])


def parser_endless() -> Any:
    """What a parsed expression has for `+` and `*`."""
    import re._constants as constants

    return constants.MAXREPEAT


def drawn(tree: Any, random: Random) -> str:
    """A string that a parsed expression matches; look-arounds are ignored, the plugin itself judges afterwards."""
    out = []
    for op, value in tree:
        name = str(op)
        if name == "LITERAL":
            out.append(chr(value))
        elif name == "IN":
            out.append(random.choice(choices(value)))
        elif name in ("MAX_REPEAT", "MIN_REPEAT"):
            low, high, inner = value
            least, most = (max(low, 8), low + 24) if high == parser_endless() else (low, high)
            out += [drawn(inner, random) for _ in range(random.randint(int(least), int(most)))]
        elif name == "SUBPATTERN":
            out.append(drawn(value[-1], random))
        elif name == "BRANCH":
            out.append(drawn(random.choice(value[1]), random))
        elif name == "ANY":
            out.append(random.choice("abcdefgh23456789"))
        elif name == "NOT_LITERAL":
            out.append("k")
    return "".join(out)


def choices(members: Any) -> list[str]:
    """The letters, digits and signs of a class."""
    pool = [*ascii_letters, *digits, *"-._~!$&()*+,;="]  # what an address may hold (RFC 3986)
    negated, out = False, []
    for op, value in members:
        name = str(op)
        if name == "NEGATE":
            negated = True
        elif name == "LITERAL":
            out.append(chr(value))
        elif name == "RANGE":
            out += [chr(n) for n in range(value[0], value[1] + 1)]
        elif name == "CATEGORY":
            kind = {"CATEGORY_DIGIT": r"\d", "CATEGORY_WORD": r"\w", "CATEGORY_SPACE": r"\s"}.get(str(value), r"\S")
            out += [c for c in [*pool, " "] if re.match(kind, c)]
    return [c for c in pool if c not in out] if negated else out


def oracle_strings() -> Iterator[tuple[str, str]]:
    """(plugin, a line that it takes for a secret)."""
    import re._parser as parser

    from detect_secrets.core.plugins.util import get_mapping_from_secret_type_to_class
    from detect_secrets.plugins.base import RegexBasedDetector

    for kind, plugin in get_mapping_from_secret_type_to_class().items():
        if not issubclass(plugin, RegexBasedDetector) or kind in ("Public IP (ipv4)", "Private Key"):  # no secret; the first line of a key without the key
            continue
        detector = plugin()
        for number, form in enumerate(detector.denylist):
            tree, random = parser.parse(form.pattern, form.flags & ~re.UNICODE), Random(f"{kind}{number}")
            for _ in range(ORACLE_EACH):
                line = drawn(tree, random) + ("db.internal" if kind == "Basic Auth Credentials" else "")  # an address has a host
                if any(True for _ in detector.analyze_string(line)):
                    yield kind, line


def oracle_recall() -> None:
    from passdown.redaction.scan import redact

    total: Counter[str] = Counter()
    found: Counter[str] = Counter()
    for kind, line in oracle_strings():
        total[kind] += 1
        found[kind] += redact(f"- {line}") != f"- {line}"  # as an item of a list: a text seldom begins with a secret
    print(f"detect-secrets: {total.total()} strings of {len(total)} plugins, recall {found.total() / total.total():.2%}")
    for kind, count in total.items():
        if found[kind] < count:
            print(f"  {kind}: {found[kind]} of {count}")


def strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from strings(item)


def rows(data: Path) -> Iterator[tuple[str, ...]]:
    for file in sorted(data.glob("projects/*/sessions/*.jsonl")):
        for line in file.read_text(encoding="utf-8", errors="replace").split("\n"):
            if line.startswith("{"):
                yield tuple(strings(json.loads(line)))


def cold() -> tuple[float, float]:
    """Milliseconds of processor time that the scanner adds to a process that has what every verb has: its import, and the first scan, RE2's import included."""
    import passdown.model.finding
    import passdown.model.text  # noqa: F401

    begin = time.process_time()
    from passdown.redaction.scan import scan

    imported = time.process_time()
    scan("a plain text, to begin with")
    return (imported - begin) * 1000, (time.process_time() - imported) * 1000


def shape(secret: str) -> str:
    return re.sub(r"[a-z]", "a", re.sub(r"[A-Z]", "A", re.sub(r"[0-9]", "9", secret)))[:40]


def replaced(texts: Iterator[str]) -> Counter[tuple[str, int, str]]:
    from passdown.redaction import scan as scanner

    found: Counter[tuple[str, int, str]] = Counter()
    for text in texts:
        found.update((hit.code, len(hit.secret), shape(hit.secret.decode("utf-8", "replace"))) for hit in scanner.hits(text.encode("utf-8", "surrogatepass")))
    return found


def speeds(of: Callable[[], object], size: float) -> tuple[float, float, float]:
    """Megabytes a second: first round of the clock; median of the clock; median of processor time."""
    clock, processor = [], []
    for _ in range(ROUNDS):
        begin, used = time.perf_counter(), time.process_time()
        of()
        clock.append(size / (time.perf_counter() - begin))
        processor.append(size / (time.process_time() - used))
    return clock[0], statistics.median(clock), statistics.median(processor)


def on_data(data: Path) -> None:
    from passdown.model.event import ToolCall
    from passdown.redaction.events import scan_events

    events = [ToolCall(call="", tool="", paths=texts) for texts in rows(data)]
    size = sum(len(text.encode("utf-8", "surrogatepass")) for event in events for text in event.paths) / 1e6
    first, median, processor = speeds(lambda: scan_events(events), size)
    texts = ["".join(event.paths) for event in events]
    data = [text.encode("utf-8", "surrogatepass") for text in texts]
    beside = {"str.lower": speeds(lambda: [text.lower() for text in texts], size)[2], "zlib.crc32": speeds(lambda: [crc32(text) for text in data], size)[2]}
    count = scan_events(events)[1]
    print(f"{size:.1f} MB in {len(events)} rows: first round {first:.0f} MB/s, median {median:.0f} MB/s, {processor:.0f} MB a second of processor time")
    print("beside it, of the same texts: " + ", ".join(f"{name} {speed:.0f} MB/s ({processor / speed:.3f} of it)" for name, speed in beside.items()))
    print(f"replacements: {count}, {count / size:.2f} per MB")
    for (code, length, form), times in replaced(text for event in events for text in event.paths).most_common():
        print(f"  {times:5} {code} {length} {form}")


def main() -> None:
    importing, first = cold()
    print(f"cold: import {importing:.1f} ms, first scan {first:.1f} ms")
    own_recall()
    with contextlib.suppress(ImportError):
        oracle_recall()
    if data := sys.argv[1] if len(sys.argv) > 1 else os.environ.get("PASSDOWN_TEST_DATA", ""):
        on_data(Path(data))


if __name__ == "__main__":
    main()
