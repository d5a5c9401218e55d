"""What manifests declare, and how it differs."""

import pytest

from passdown.verification.dependencies import declared, differences


@pytest.mark.parametrize(("manifest", "text", "found"), [
    ("package.json", '{"dependencies": {"a": "^1"}, "devDependencies": {"b": "2"}}', {"a": "^1", "b": "2"}),
    ("pyproject.toml", '[project]\ndependencies = ["Click>=8", "httpx[http2] ~= 0.27 ; python_version > \'3\'"]', {"click": ">=8", "httpx": "~= 0.27"}),
    ("pyproject.toml", '[tool.poetry.dependencies]\nrich = "^13"\nx = {version = "1"}', {"rich": "^13", "x": "1"}),
    ("requirements.txt", "# all\nclick==8.1\n-r other.txt\nrich", {"click": "8.1", "rich": ""}),
    ("Cargo.toml", '[dependencies]\nserde = "1"\ntokio = { version = "1.3", features = [] }', {"serde": "1", "tokio": "1.3"}),
    ("go.mod", "module x\nrequire (\n\tgithub.com/a/b v1.2.3\n)\nrequire golang.org/x/net v0.1.0\n",
     {"github.com/a/b": "v1.2.3", "golang.org/x/net": "v0.1.0"}),
    ("Gemfile", 'gem "rails", "~> 7"\ngem \'pg\'\n', {"rails": "~> 7", "pg": ""}), ("package.json", "{", {}), ("package.json", "[]", {})])
def test_each_manifest(manifest: str, text: str, found: dict[str, str]) -> None:
    """Names with their versions; one that does not parse declares nothing."""
    assert declared(manifest, text) == found


def test_differences_by_name() -> None:
    """Added, taken out, and changed."""
    assert differences({"a": "1", "b": "1", "c": ""}, {"b": "2", "c": "", "d": "1"}) == ["−a", "b 1 → 2", "+d 1"]
