"""Words that stand as sentences have them, and those that do not."""

import random

import pytest

from passdown.lint.garbled import garbled
from passdown.lint.grounding import block
from passdown.lint.shape import accented, headless, is_prose, reversed_marks, scrambled, unjoined

SENTENCES = (
    "The retry queue drains twice after a restart, because the lease of the worker is not renewed in time.",
    "We chose the outbox instead of Redis: one process needs no server, and the rows are there when it comes back.",
    "Webhook events are replayed for three days, so `event.id` is the only key which is safe to use.",
    "Because of the timeout it was moved into the worker; that is what the second test is for.")
LISTS = (
    "`src/queue.py`, `src/poll.py`, `tests/test_queue.py`, `tests/test_poll.py`", "pytest ruff mypy", "Redis, Celery, RabbitMQ, Kafka, Pulsar, NATS",
    "| `retry.py` | 120 | green |", "Exponential backoff, jitter, circuit breaker, dead letter queue")
OTHERS = (
    "Die Warteschlange wird nach einem Neustart zweimal geleert, weil der Vertrag des Arbeiters nicht rechtzeitig verlängert wird.",
    "La file d'attente est vidée deux fois après un redémarrage, parce que le bail n'est pas renouvelé à temps par le processus.",
    "Jono tyhjennetään kahdesti uudelleenkäynnistyksen jälkeen, koska työntekijän varausta ei uusita ajoissa palvelimella.",
    "再起動後にキューが二回処理されるため、リースを更新する必要があります。",
    "Очередь очищается дважды после перезапуска, потому что аренда не продлена вовремя.")


@pytest.mark.parametrize("text", [*SENTENCES, *LISTS, *OTHERS])
def test_sentences_and_lists_are_in_order(text: str) -> None:
    """In any language, and also where nothing but names and commands stands."""
    assert not scrambled(text)
    assert not reversed_marks(text)
    assert not garbled([block(1, text)]).scrambled
    assert not garbled([block(1, text)]).unjoined


def test_shuffled_sentences_are_not() -> None:
    """Most shufflings of a sentence put words side by side that never stand so."""
    pick = random.Random(3)
    shuffled = [" ".join(pick.sample(words, len(words))) for text in SENTENCES for words in [text.split()] * 50]

    assert sum(bool(scrambled(text)) for text in shuffled) > 0.8 * len(shuffled)


def test_random_words_are_not_joined() -> None:
    """Names and paths between them join nothing; commas and small words do."""
    assert unjoined("glacier velvet `src/queue.py` marble walnut harbor thimble lantern")
    assert not unjoined("glacier, velvet, marble, walnut, harbor, thimble, lantern")
    assert not unjoined("the glacier and velvet marble with walnut harbor")


def test_what_closes_before_it_opens() -> None:
    """Brackets, emphasis and code, whose halves changed places; not a number of a list, nor what stands in quotation marks."""
    assert reversed_marks("restart) the queue (after a")
    assert reversed_marks("cleanup**: the queue **Worker")
    assert reversed_marks("queue.py` drains twice `src/retry")
    assert not reversed_marks("1) the queue (after a restart) and `queue.py` **drains**: twice")


def test_a_capital_that_stands_within() -> None:
    """An entry that begins with a small letter has lost its head to the middle; a name behind a full stop is none."""
    assert headless("- queue the Drain after restart")
    assert not headless("- Drain the queue after Monday")
    assert not headless("- drain the queue. Monday is late")


def test_accents_tell_other_languages() -> None:
    """In one with other letters longer words may join: there nothing is unjoined."""
    assert accented(OTHERS[:3])
    assert not accented(SENTENCES)


def test_few_lines_prove_little() -> None:
    """One line of random words is a small share; a document of them is nearly all."""
    line = "glacier velvet marble walnut harbor thimble lantern"
    one, many = garbled([block(1, line)]), garbled([block(n, line) for n in range(40)])

    assert is_prose(line)
    assert one.share < 0.15
    assert many.share > 0.8


def test_letters_of_another_language_in_a_path_are_no_other_language() -> None:
    """What joins words is looked for by the words alone."""
    assert not accented(["latent through presenting handed functionality `docs/위임.md로` unapproved folders"] * 5)
    assert accented(["큐를 다시 비우고 나서 세션을 닫는다 `docs/a.md`"] * 5)
