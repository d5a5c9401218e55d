"""What an edit is about."""

import pytest

from passdown.extract.symbols import changed_symbol


@pytest.mark.parametrize(("text", "name"), [
    ("def parse_rows(text):\n    return 1", "parse_rows"), ("func (s *Store) Load(id string) error {", "Load"),
    ("export async function loadAll() {", "loadAll"),
    ("pub(crate) fn read(path: &Path) {", "read"), ("const total = (rows) => 1", "total"), ("class Ledger:", "Ledger"),
    ("x = 1", ""), ("def a():\n    pass\ndef b():\n    pass", ""),
])
def test_the_one_definition_of_an_excerpt(text: str, name: str) -> None:
    """In several languages; none when there are none or several."""
    assert changed_symbol("", text) == name
