"""Production: a script made of the findings. Sources are named once the gate has asked for them."""

import json

import work


def main() -> None:
    known = json.loads((work.folder() / "research" / "findings.json").read_text(encoding="utf-8"))
    with_sources = "source" in work.feedback()
    lines = [f"# {known['topic']}", ""]
    for one in known["findings"]:
        lines.append(one["says"] + (f" [{one['source']}]" if with_sources else ""))
    work.pause()
    script = "\n".join(lines) + "\n"
    work.leave("production/script.md", script)
    work.used(2 * len(script.split()))
    print(f"{len(known['findings'])} findings, {'with' if with_sources else 'without'} sources")


main()
