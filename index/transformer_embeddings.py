"""Any sentence-transformers model as an embedder: a Hugging Face id or a local folder (needs the extra)."""

import hashlib
from collections.abc import Mapping, Sequence
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import EngineMissing, ModelUnusable

# What each role is called in the prompts of published models, the usual name first.
QUESTION_PROMPTS = ("query", "question", "search_query")
PASSAGE_PROMPTS = ("passage", "document", "search_document", "corpus")
E5_PROMPTS = ("query: ", "passage: ")  # Wang et al. 2022: e5 models are trained with these

SAMPLED_WEIGHTS = 1000  # values of each weight that its digest reads


class TransformerEmbedder:
    """A sentence-transformers model; torch shares its threads between calls, hence the lock."""

    def __init__(self, name: str, *, threads: int = 0) -> None:
        """Load the model; `threads` of 0 leaves torch its own choice, one per physical core.

        Raises: EngineMissing without the extra, ModelUnusable for an unknown id or another folder.
        """
        self.name = name
        self._model = _load(name, threads=threads)
        self._lock = Lock()
        self._question_prompt, self._passage_prompt = role_prompts(name, self._model.prompts)
        self.dimension = int(self._model.encode("dimension", show_progress_bar=False).shape[0])
        self.revision = _revision(self._model, self._passage_prompt)
        self.question_revision = _revision(self._model, self._question_prompt)

    def embed_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension) float32, unit rows."""
        return self._embed(texts, self._question_prompt)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension) float32, unit rows."""
        return self._embed(texts, self._passage_prompt)

    def embed_for_question_centre(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension) float32, unit rows."""
        return self.embed_questions(texts)

    def _embed(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        if not texts:
            return np.empty((0, self.dimension), dtype=np.float32)
        with self._lock:
            vectors = self._model.encode(
                list(texts), prompt=prompt, normalize_embeddings=True, show_progress_bar=False
            )
        return np.asarray(vectors, dtype=np.float32)


def role_prompts(name: str, prompts: Mapping[str, str]) -> tuple[str, str]:
    """What goes before a question and before a passage: the model's own prompts, else e5's if it is one."""
    question = next((prompts[role] for role in QUESTION_PROMPTS if prompts.get(role)), "")
    passage = next((prompts[role] for role in PASSAGE_PROMPTS if prompts.get(role)), "")
    if question or passage:
        return question, passage
    return E5_PROMPTS if "e5" in name.lower() else ("", "")


def _load(name: str, *, threads: int) -> Any:
    try:
        torch, engine = (
            import_module("torch"),
            import_module("sentence_transformers"),
        )  # seconds: only when asked
    except ImportError as error:
        raise EngineMissing(name) from error
    if threads:
        torch.set_num_threads(threads)
    try:
        return engine.SentenceTransformer(name, device="cpu")
    except (OSError, ValueError) as error:
        reason = (
            "ce dossier n'en contient pas" if Path(name).is_dir() else "il est introuvable ou hors d'accès"
        )
        raise ModelUnusable(name, reason) from error


def _revision(model: Any, prompt: str) -> str:
    """A digest of the layers, the prompt and a sample of each weight: a folder may be trained again."""
    digest = hashlib.sha256(f"{model}{prompt}".encode())
    for name, weight in sorted(model.state_dict().items()):
        values = weight.flatten()
        sample = values[:: max(1, len(values) // SAMPLED_WEIGHTS)]
        digest.update(f"{name}{tuple(weight.shape)}".encode() + sample.float().numpy().tobytes())
    return digest.hexdigest()[:16]
