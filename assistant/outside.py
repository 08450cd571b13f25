"""What people ask elsewhere: matters that no kit of documents on co-construction treats."""

from functools import cache
from importlib.resources import files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.centring import centred
from index.embedding_cache import open_embedding_cache
from index.embeddings import AsQuestions
from index.search import Searcher
from ingestion.yaml_text import read_yaml


@cache
def outside_phrases() -> tuple[str, ...]:
    """General phrases, one for each such matter."""
    content = files("assistant").joinpath("outside_phrases.yaml").read_text(encoding="utf-8")
    return tuple(str(phrase) for phrase in read_yaml(content))


class OutsideMatters:
    """These phrases as questions to one index; safe to call from several threads."""

    def __init__(self, searcher: Searcher, *, data_dir: Path | None = None) -> None:
        """With `data_dir` their embeddings are kept there: two seconds less at the next opening."""
        if data_dir is None:
            vectors = searcher.embedder.embed_questions(outside_phrases())
        else:
            with open_embedding_cache(data_dir / "cache" / "outside.sqlite") as cache:
                vectors = cache.embed_passages(AsQuestions(searcher.embedder), outside_phrases())
        self._vectors = centred(vectors, searcher.index.question_centre)

    def nearness(self, question: NDArray[np.float32]) -> float:
        """Cosine of a question's vector, (d,) as in `Ranking`, with the nearest phrase."""
        return float((self._vectors @ question).max())
