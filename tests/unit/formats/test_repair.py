"""Mis-decoded UTF-8 put right, correct text left alone."""

import pytest

from passdown.formats.repair import Span, repair

CORRECT = [
    "AMANHÃ”, disse", "«IRMû e «MAÇû", "a MANHÃ… e a MAÇÃ — e", "É… talvez", "café…” e chá", "Il a dit « déjà… » à\u00a0« Paris »", "c’est là™", "Nestlé®™",
    "Ø½” pipe", "Spaß… und Maß” hier", "naïve façade", "20 °C, 5 µm², ½ £", "São Paulo, ação, irmã", "“é”", "“É…”", "Ñandú", "voilà !", "日本語 текст ελληνικά",
    "🔴🟡🟢 — “quoted” ✔ └── x", "à\u00a0la carte", "Ő ű ğ ş ı", "plain ascii"]
WORDS = [
    "’", "“so”", "don’t", "—", "…", "🔴 CRITICAL", "🟡🟢", "✅ done", "→", "├── src\n└── docs", "café", "naïve", "déjà vu", "Österreich", "São Paulo", "goût",
    "Müller", "ação", "20 °C", "été", "日本語", "привет", "αβγ", "ğüş", "łódź", "€5", "½", "x² + y³", "✔️", "👩‍💻", "ﬁ", "«déjà»"]


def misread(text: str, encoding: str = "cp1252") -> str:
    """As a program shows it that takes UTF-8 for another encoding; bytes that Windows-1252 lacks become control characters, as browsers do."""
    return "".join(bytes([n]).decode(encoding, "ignore") or chr(n) for n in text.encode())


@pytest.mark.parametrize("text", CORRECT)
def test_correct_text_stays(text: str) -> None:
    """What a person could have written so is not touched."""
    assert repair(text).text == text


@pytest.mark.parametrize("encoding", ["cp1252", "latin-1"])
@pytest.mark.parametrize("text", WORDS)
def test_misread_text_is_repaired(text: str, encoding: str) -> None:
    """Emoji, quotation marks, accents and whole words of other scripts come back, read wrong once or twice."""
    sentence = f"we say {text} here"

    assert repair(misread(sentence, encoding)).text == sentence
    assert repair(misread(misread(sentence, encoding), encoding)).text == sentence


def test_repairs_are_told_with_their_lines() -> None:
    """Each span says what stood there, what it is now, and on which line; text between two spans stays."""
    found = repair("ok\nit" + misread("’") + "s\n\n– fine – " + misread("🔴"))

    assert found.text == "ok\nit’s\n\n– fine – 🔴"
    assert found.spans == (Span(2, misread("’"), "’"), Span(4, misread("🔴"), "🔴"))


def test_a_repaired_text_is_not_repaired_again() -> None:
    """Correct emoji beside mis-decoded ones stay, and a second look finds nothing."""
    once = repair("🔴 " + misread("🟡 déjà"))

    assert once.text == "🔴 🟡 déjà"
    assert repair(once.text).spans == ()
