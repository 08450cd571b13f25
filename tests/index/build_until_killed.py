"""Run by test_build.py: for each line read, fork a child that builds indexes until it is killed.

Prints the child's process id as soon as it builds. Forking spares each child the seconds of the imports.
"""

import os
import sys
from itertools import count
from pathlib import Path

from conftest import HashEmbedder, build_corpus

from index.analysis import tokenize
from index.build import build_index


def build_for_ever(data_dir: Path) -> None:
    for number in count():
        build_index(
            build_corpus(20 + number % 2, subject=f"alliances {number}"),
            data_dir=data_dir,
            embedder=HashEmbedder(),
            corpus_hash=str(number),
            tokenize=tokenize,
        )


for line in sys.stdin:
    child = os.fork()
    if not child:
        build_for_ever(Path(line.strip()))
    print(child, flush=True)
    os.waitpid(child, 0)
    print("mort", flush=True)
