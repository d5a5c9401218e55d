"""The second voice: what it sees, what it objects to, and what it must not depend on."""

import json
import time
import zlib
from importlib.resources import files

import pytest

from passdown.extract.base import Context
from passdown.extract.classifier import Classifier, classifier
from passdown.extract.features import BUCKETS, Features
from passdown.extract.prose import Sentence, blocks, sentences
from passdown.extract.said import candidates


def _sentence(text: str) -> Sentence:
    return next(s for block in blocks(text) for s in sentences(text, block))


def _best(text: str, by: str = "agent") -> str:
    odds = classifier().odds(_sentence(text), by, "")
    return max(odds, key=lambda kind: odds[kind])


@pytest.mark.parametrize(("by", "text", "kind"), [
    ("user", "the majority was for Svelte in the kiosk app, Angular is out", "decision"),
    ("agent", "You only see it when two imports overlap: the ledger then counts each row twice.", "knowledge"),
    ("agent", "Our excursion into gRPC cost a day and led nowhere: the gateway drops trailers.", "failed"),
    ("user", "all comments in the parser must be in British English, every time", "preference"),
    ("agent", "Left for the next session: moving the mail sender to the new template engine.", "task"),
    ("agent", "Work on the export stopped here, since the bank still has to enable our account.", "blocker"),
])
def test_it_sees_what_no_rule_was_written_for(by: str, text: str, kind: str) -> None:
    """How a thing is put tells what it is."""
    assert _best(text, by) == kind


def test_names_do_not_matter() -> None:
    """Two sentences that differ in unknown names alone have the same odds."""
    names = (("qualor", "bruvex", "zintar"), ("hemmix", "droffa", "pulnek"))
    first, second = (classifier().odds(_sentence(f"We picked {x} over {y} for the {z}."), "agent", "") for x, y, z in names)
    assert first == second


def test_the_packed_sums_are_those_of_the_single_weights() -> None:
    """Adding packed numbers is adding each kind's weights."""
    words = ["we", "use"]
    weights = bytes((i * 7 + k * 13) % 255 for i in range(BUCKETS) for k in range(2))
    header = {"kinds": ["a", "b"], "scales": [1.0, 0.5], "biases": [0.0, 1.0], "words": words}
    model = Classifier(json.dumps(header).encode() + b"\n" + zlib.compress(weights))
    sentence = _sentence("We use it here, we use it there.")
    seen = Features(words).of(sentence, "agent", "")
    wanted = {kind: sum(weights[f * 2 + k] - 128 for f in seen) * header["scales"][k] + header["biases"][k] for k, kind in enumerate("ab")}  # type: ignore[index]
    assert model.odds(sentence, "agent", "") == wanted


def test_what_is_shipped_is_small_and_holds_single_words_only() -> None:
    """No text of anybody: a vocabulary of lower-case words and numbers."""
    content = files("passdown.extract").joinpath("classifier.bin").read_bytes()
    words = json.loads(content.split(b"\n", 1)[0])["words"]
    assert len(content) < 300_000
    assert all(word.replace("'", "").isalpha() and word.islower() for word in words)


def test_other_languages_give_no_records() -> None:
    """What sounds like a record in another language is not proposed."""
    said = ["Tio estas tre malbona ideo por la projekto.", "Wir nehmen jetzt Redis statt Postgres, das ist schneller.",
            "Nous avons choisi Rust pour le parseur.", "我们决定使用队列而不是线程。", "Vamos usar SQLite em vez de Postgres para os testes."]
    assert [c.text for text in said for by in ("user", "agent") for c in candidates(text, Context(by))] == []  # type: ignore[arg-type]


def test_thousands_of_repeats_and_huge_sentences_are_cheap() -> None:
    """A megabyte of one sentence, and one sentence of a megabyte, in seconds at most."""
    begun = time.process_time()
    assert len(list(candidates("We use SQLite instead of Postgres here. " * 5_000, Context("user")))) == 5_000
    assert list(candidates("we use this instead of that and " * 30_000, Context("user"))) == []
    assert time.process_time() - begun < 20
