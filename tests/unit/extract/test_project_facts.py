"""What a project is, from its manifests and file list."""

from passdown.extract.project_facts import Directory, ProjectCommand, ProjectFacts, read


def by_command(found: ProjectFacts) -> dict[str, tuple[str, str]]:
    return {c.command: (c.purpose, c.source) for c in found.commands}


def test_a_javascript_project() -> None:
    """Scripts become commands of the package manager whose lock file lies there."""
    package = """{"name": "shop", "description": "A shop.", "bin": {"shop": "./dist/cli.js"}, "engines": {"node": ">=20"},
        "scripts": {"dev": "vite", "build": "vite build", "test": "vitest", "lint": "eslint .", "postinstall": "x"},
        "dependencies": {"react": "19"}, "devDependencies": {"vite": "6", "left-pad": "1"}}"""
    found = read({"package.json": package}, ["package.json", "pnpm-lock.yaml", "src/main.tsx", "src/a.ts", "src/b.ts", "README.md"])

    assert (found.name, found.about) == ("shop", "A shop.")
    assert found.stack == ("TypeScript (3 files)", "Node >=20", "React", "Vite")
    assert found.entry_points == ("shop → ./dist/cli.js", "src/main.tsx")
    assert [c.command for c in found.commands] == ["pnpm install", "pnpm run dev", "pnpm run build", "pnpm test", "pnpm run lint"]


def test_a_python_project() -> None:
    """Tools with a section or among the dependencies are commands; the lock file says what runs them."""
    text = (
        '[project]\nname = "shop"\nrequires-python = ">=3.11"\ndependencies = ["fastapi>=0.1", "Click"]\n[project.scripts]\nshop = "shop.cli:main"\n'
        '[dependency-groups]\ndev = ["pytest>=8", "mypy"]\n[tool.ruff]\nline-length = 100\n')
    found = read({"pyproject.toml": text}, ["pyproject.toml", "uv.lock", "src/shop/__main__.py"])

    assert found.stack == ("Python (1 files)", "Python >=3.11", "FastAPI", "Click", "pytest")
    assert found.entry_points == ("shop → shop.cli:main", "src/shop/__main__.py")
    assert by_command(found) == {
        "uv sync": ("set-up", "pyproject.toml"), "uv run pytest": ("test", "pyproject.toml"),
        "uv run ruff check": ("lint", "pyproject.toml"), "uv run mypy": ("lint", "pyproject.toml")}


def test_go_rust_and_requirements() -> None:
    """Each ecosystem has its usual verbs."""
    go = read({"go.mod": "module example.com/shop\n\ngo 1.23\n"}, ["go.mod", "cmd/shop/main.go"])
    rust = read({"Cargo.toml": '[package]\nname = "shop"\nedition = "2024"\n[dependencies]\ntokio = "1"\n'}, ["src/main.rs"])

    assert (go.name, go.entry_points, go.stack) == ("example.com/shop", ("cmd/shop/main.go",), ("Go (1 files)", "Go 1.23"))
    assert by_command(go)["go test ./..."] == ("test", "go.mod")
    assert (rust.name, rust.stack) == ("shop", ("Rust (1 files)", "Rust edition 2024", "Tokio"))
    assert by_command(read({}, ["requirements.txt"])) == {"pip install -r requirements.txt": ("set-up", "requirements.txt")}


def test_targets_and_readme_commands() -> None:
    """Targets whose name says what they are for, and shell lines of the README; each command once."""
    make = "VERSION := 1\nCC = gcc\ninstall: deps\n\tnpm ci\ntest:\n\tpytest\ndeploy:\n\tx\n.PHONY: test\nrun : a\n"
    just = 'set shell := ["bash"]\ndev port="1":\n  x\nlint:\n  y\n'
    readme = "# Shop\n\n```bash\n$ npm install  # once\n# comment\nmake test\nls -la\n```\n\n```python\npytest\n```\n\n```\nnpm test\n```\n"
    found = by_command(read({"Makefile": make, "justfile": just, "README.md": readme}, []))

    assert found == {
        "make install": ("set-up", "Makefile"), "npm install": ("set-up", "README.md"), "make run": ("run", "Makefile"), "just dev": ("run", "justfile"),
        "make test": ("test", "Makefile"), "npm test": ("test", "README.md"), "just lint": ("lint", "justfile")}


def test_commands_stand_by_purpose_and_are_few() -> None:
    """Set-up first, then run, build, test, lint; no more than five of each."""
    readme = "```sh\n" + "\n".join(f"npm run test:{i}" for i in range(9)) + "\nnpm ci\n```"
    found = read({"README.md": readme}, []).commands

    assert found[0] == ProjectCommand("npm ci", "set-up", "README.md")
    assert len(found) == 6


def test_directories_are_counted_and_a_large_one_is_opened() -> None:
    """Vendored and hidden directories say nothing about the project."""
    files = [*(f"src/shop/api/{i}.py" for i in range(6)), "src/shop/db.py", "docs/a.md", "node_modules/x/y.js", ".github/w.yml", "README.md"]

    assert read({}, files).directories == (Directory("src", 7), Directory("src/shop", 7), Directory("src/shop/api", 6), Directory("docs", 1))


def test_broken_manifests_say_nothing() -> None:
    """A manifest that does not parse is passed over."""
    assert read({"package.json": "{", "pyproject.toml": "[", "Cargo.toml": "=", "go.mod": ""}, []).name == ""
    assert read({"package.json": '["no object"]'}, []).commands == ()
