"""What a base installation weighs: a fresh environment, without pip and setuptools; and that nothing for development comes along.

Usage: python -m benchmarks.install_size [--from REQUIREMENT]
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import conditions
from benchmarks.drivers.installs import tree_mb

BOUND_MB = 12
NOT_OURS = ("pip", "setuptools", "pkg_resources", "_distutils_hack", "distutils-precedence.pth")
EXPECTED = {"passdown", "msgspec", "google-re2", "pyyaml", "backports-zstd"}
FORBIDDEN = ("tests", "test", "benchmarks", "docs", "examples")


def install(folder: Path, requirement: str) -> Path:
    """A new environment with the requirement; its `site-packages`."""
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    subprocess.run([str(folder / "bin" / "python"), "-m", "pip", "install", "-q", requirement], check=True)
    return next((folder / "lib").glob("python*/site-packages"))


def sizes(packages: Path) -> dict[str, float]:
    """MB of each file or folder at the top, largest first, as installed (with byte code)."""
    ours = [path for path in packages.iterdir() if not any(path.name == name or path.name.startswith(f"{name}-") for name in NOT_OURS)]
    weights = {path.name: tree_mb(path) if path.is_dir() else path.stat().st_size / 1e6 for path in ours}
    return dict(sorted(weights.items(), key=lambda pair: -pair[1]))


def distributions(folder: Path) -> set[str]:
    listed = subprocess.run([str(folder / "bin" / "python"), "-m", "pip", "list", "--format", "json"], capture_output=True, text=True, check=True)
    names = {entry["name"].lower().replace("_", "-").replace(".", "-") for entry in json.loads(listed.stdout)}
    return names - {"pip", "setuptools"}


def strays(packages: Path, installed: set[str]) -> list[str]:
    """What a base installation should not bring: unknown distributions, folders at the top that are for development."""
    return sorted(installed - EXPECTED) + [name for name in FORBIDDEN if (packages / name).exists() or (packages / "passdown" / name).exists()]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--from", dest="requirement", default=str(conditions.ROOT), help="what pip installs; default: this source tree")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="install-") as place:
        folder = Path(place) / "environment"
        seconds = conditions.timed(lambda: install(folder, args.requirement)) / 1e3
        packages = next((folder / "lib").glob("python*/site-packages"))
        weights, extra = sizes(packages), strays(packages, distributions(folder))
    total = sum(weights.values())
    print(conditions.conditions(1))
    print(conditions.table(("part", "MB"), [(name, f"{mb:.2f}") for name, mb in weights.items() if mb >= 0.005]))
    print(f"\ninstalled in {seconds:.1f} s: {total:.2f} MB (< {BOUND_MB}: {'met' if total < BOUND_MB else 'MISSED'})")
    print("nothing for development came along" if not extra else f"CAME ALONG: {', '.join(extra)}")
    sys.exit(bool(extra) or total >= BOUND_MB)


if __name__ == "__main__":
    main()
