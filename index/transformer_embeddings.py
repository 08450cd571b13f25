"""Any sentence-transformers model as an embedder: a Hugging Face id or a local folder (needs the extra)."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib import import_module
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import EngineMissing, ModelUnusable

# What each role is called in the prompts of published models, the usual name first.
QUESTION_PROMPTS = ("query", "question", "search_query")
PASSAGE_PROMPTS = ("passage", "document", "search_document", "corpus")
E5_PROMPTS = ("query: ", "passage: ")  # Wang et al. 2022: e5 models are trained with these


class TransformerEmbedder:
    """A sentence-transformers model; torch shares its threads between calls, hence the lock."""

    def __init__(self, name: str) -> None:
        """Load the model.

        Raises: EngineMissing without the extra, ModelUnusable for an unknown id or another folder.
        """
        self.name = name
        self._model = _load(name)
        self._lock = Lock()
        self._question_prompt, self._passage_prompt = role_prompts(name, self._model.prompts)
        self.dimension = int(self._model.get_embedding_dimension())
        self.revision = _revision(self._model, self._passage_prompt)

    def embed_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension) float32, unit rows."""
        return self._embed(texts, self._question_prompt)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension) float32, unit rows."""
        return self._embed(texts, self._passage_prompt)

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


def _load(name: str) -> Any:
    try:
        engine = import_module("sentence_transformers")  # torch with it: only when such a model is asked for
    except ImportError as error:
        raise EngineMissing(name) from error
    try:
        return engine.SentenceTransformer(name, device="cpu")
    except (OSError, ValueError) as error:  # unknown id, no network, a folder that holds no model
        raise ModelUnusable(name, str(error).splitlines()[0]) from error


def _revision(model: Any, passage_prompt: str) -> str:
    """A digest of the weights' names, shapes and sums, and of the prompt: a folder may be trained again."""
    weights = {
        key: [list(tensor.shape), float(tensor.double().sum())] for key, tensor in model.state_dict().items()
    }
    content = json.dumps([weights, passage_prompt], sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:16]
