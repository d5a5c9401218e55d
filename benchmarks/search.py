"""Search over 10,000 records against the bare full-text query of the same terms, in one run: `python benchmarks/search.py [COUNT]`."""

import sqlite3
import sys
import tempfile
import time
from pathlib import Path
from statistics import median, quantiles

sys.path.insert(0, str(Path(__file__).parent))

import bank

from passdown.formats import record_file
from passdown.index import Index, Sources, query

BARE = "SELECT rowid FROM record_words WHERE record_words MATCH ? ORDER BY rank LIMIT 10"


def timed(work: object, *values: object) -> float:
    start = time.perf_counter()
    work(*values)  # type: ignore[operator]
    return (time.perf_counter() - start) * 1e3


def main(count: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        size = bank.write(root / "records", count)
        sources = Sources(record_file.parse, lambda _: None, records=(root / "records",))  # type: ignore[arg-type, return-value]
        index = Index.open(root / "index.db")
        index.refresh(sources)
        plain = sqlite3.connect(root / "index.db")
        asked = bank.questions(300)
        ours, bare = [], []
        for text in asked:
            terms = " OR ".join(c.match for c in query.ask(text).concepts if c.ranks)
            index.search(text)
            plain.execute(BARE, (terms,)).fetchall()
            ours.append(min(timed(index.search, text) for _ in range(3)))
            bare.append(min(timed(lambda t: plain.execute(BARE, (t,)).fetchall(), terms) for _ in range(3)))
        still = [timed(index.refresh, sources) for _ in range(9)]
        print(f"{count} records, {size / 1e6:.1f} MB; index {(root / 'index.db').stat().st_size / 1e6:.1f} MB; {len(asked)} questions, warm")
        print(f"search       p50 {median(ours):6.2f} ms   p95 {quantiles(ours, n=20)[18]:6.2f} ms")
        print(f"bare FTS5    p50 {median(bare):6.2f} ms   p95 {quantiles(bare, n=20)[18]:6.2f} ms")
        print(f"ratio        {median(ours) / median(bare):.2f}  (at most 4; guide 8 ms)")
        print(f"refresh when nothing changed  {median(still):.1f} ms  (guide 25 ms)")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 10_000)
