"""What all styles share: cutting into chunks, the words of entries, three-way merges, front matter of others, YAML documents."""

from benchmarks.fuzzing.base import BrokenLaw, Target
from benchmarks.fuzzing.targets.style import TOKENS

from passdown.formats import grammar, marked, three_way, yaml_entries
from passdown.model.sentences import mask, sentences, spans


def chunked(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    if "".join(c.text for c in marked.chunks(text)) != text:
        raise BrokenLaw("chunks are not the text")
    grammar.record(text, grammar.Place(1, "knowledge"), "")
    marked.chunk(marked.Item("01m3250v00yn62s6", text))
    list(sentences(text))
    list(spans(text, mask(text)))


def merged(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    lines = text.split("\n")
    three_way.text(text, "\n".join(lines[: len(lines) // 2]), "\n".join(reversed(lines)))


def as_yaml(data: bytes) -> None:
    text = data.decode("utf-8", "replace")
    yaml_entries.is_yaml(text)
    list(yaml_entries.entries(text))


SEED = b"- Use SQLite, because there is no server <!-- pd:01m3250v00yn62s6 abcdef -->\n  Why: no server\n\n| a | b |\n|---|---|\n\n```sh\nmake\n```\n"
TARGETS = {
    "grammar-chunks": Target(lambda: [SEED], chunked, TOKENS), "grammar-merge": Target(lambda: [SEED * 4], merged, TOKENS),
    "grammar-yaml": Target(lambda: [b"decisions:\n  - title: a\n    why: b\n  - title: c\n"], as_yaml, (b"&a ", b"*a", b"- ", b"? ", b": |\n",
        b"!!python/object:x", b"<<: "))}
