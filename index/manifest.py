"""What a stored index says of itself: its format, its models, its counts, and each file's sha256."""

import json
from dataclasses import asdict, dataclass

FORMAT_VERSION = 3

# What a generation holds beside the corpus's records; the last two are folders.
PASSAGE_VECTORS, SENTENCE_VECTORS = "passages.faiss", "sentences.faiss"
QUESTION_CENTRE, WORDS, SENTENCE_WORDS = "question_centre.npy", "words", "sentence_words"


@dataclass(frozen=True, slots=True)
class Manifest:
    """The first file read of an index; nothing else is read before it agrees."""

    format_version: int
    embedding_model: str
    embedding_revision: str
    dimension: int
    document_count: int
    page_count: int
    passage_count: int
    sentence_count: int
    corpus_hash: str
    created_at: str  # ISO 8601, UTC
    files: dict[str, str]  # path inside the generation → sha256

    def to_json(self) -> str:
        """JSON, one field a line."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        """The manifest that `to_json` wrote."""
        return cls(**json.loads(text))
