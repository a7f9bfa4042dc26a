"""How long extraction takes beside one plain pass of a regular expression: python benchmarks/extraction.py [GOLD].

Reads the articles of ``seeds/`` (or of a file that ``stance eval-extraction`` reads) until there are 1,000, and prints
seconds, articles a second and megabytes a second, and how the time grows with the length of one article.
"""

import re
import statistics
import sys
import time
from collections.abc import Callable, Iterable
from itertools import cycle, islice
from pathlib import Path

from pipeline.extraction import extract
from pipeline.extraction_evaluation import read_gold_articles

ARTICLES, ROUNDS = 1000, 3
PLAIN = re.compile(r"“[^”]+”|\"[^\"]+\"|\b(?:said|says|told|according to|warned|denied|called on)\b")


def seconds(work: Callable[[str], object], texts: Iterable[str]) -> float:
    start = time.perf_counter()
    for text in texts:
        work(text)
    return time.perf_counter() - start


def main() -> None:
    source = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parents[1] / "seeds"
    texts = list(islice(cycle([article.text for article in read_gold_articles(source)]), ARTICLES))
    size = sum(len(text.encode()) for text in texts) / 1e6
    extract(texts[0])  # lists are built once
    works = {"extract": extract, "plain regular expression": lambda text: list(PLAIN.finditer(text))}
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(ROUNDS):
        for name, work in works.items():  # interleaved, so that a busy machine is busy for both
            taken[name].append(seconds(work, texts))
    print(f"{len(texts)} articles, {size:.1f} MB; medians of {ROUNDS} rounds")
    for name, times in taken.items():
        median = statistics.median(times)
        print(f"{name:<26} {median:7.2f} s  {len(texts) / median:9.0f} articles/s  {size / median:6.2f} MB/s")
    print("one article of growing length:")
    whole = "\n\n".join(texts)
    for length in (125_000, 250_000, 500_000, 1_000_000):
        once = seconds(extract, [whole[:length]])
        print(f"{length:>9,} characters {once:6.2f} s  {once / length * 1e6:5.2f} microseconds a character")


if __name__ == "__main__":
    main()
