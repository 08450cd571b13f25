"""The assistant with one part switched off, for the ablation."""

from dataclasses import replace

from assistant.assistant import Assistant
from assistant.coefficients import coefficients
from assistant.settings import Settings
from index.embeddings import open_embedder
from index.lexicon import Lexicon
from index.opened import open_index
from index.search import Searcher, fusion_weights

PARTS = {
    "words": "les mots",
    "vectors": "les vecteurs",
    "lexicon": "le lexique",
    "fusion": "les poids de la fusion (tous égaux)",
    "answerability": "le modèle de refus",
}


def open_without(settings: Settings, part: str | None) -> Assistant:
    """The assistant over the current index without one of PARTS; None: whole.

    Raises:
        IndexProblem.
    """
    lexicon_file = settings.corpus_dir / "lexicon.yaml"
    has_lexicon = part != "lexicon" and lexicon_file.exists()
    searcher = Searcher(
        open_index(settings.data_dir, embedder_name=settings.embedder),
        open_embedder(settings.embedder, threads=settings.thread_count),
        Lexicon.read(lexicon_file) if has_lexicon else Lexicon(),
        weights=_weights(part),
    )
    fitted = coefficients()
    return Assistant(
        searcher, fitted=replace(fitted, threshold=float("-inf")) if part == "answerability" else fitted
    )


def _weights(part: str | None) -> dict[str, float]:
    """The weight of each scoring; all but the words are vectors."""
    weights = fusion_weights()
    if part == "words":
        return weights | {"words": 0.0}
    if part == "vectors":
        return {name: weight if name == "words" else 0.0 for name, weight in weights.items()}
    if part == "fusion":
        return dict.fromkeys(weights, 1.0)
    return weights
