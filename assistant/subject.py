"""Is a situation the kit's subject at all? A small logistic model over a few general signals."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.relevance import ROOT, Relevance, Signals, Situation
from index.analysis import tokenize

FEATURES = (
    "needs and subjects",
    "outside",
    "best phrase",
    "best document",
    "nearer",
    "nearer, second",
    "known words",
)
_MANY = 3  # concepts beyond which more of them say nothing new


@dataclass(frozen=True, slots=True)
class SubjectModel:
    """Logistic regression; below `threshold` the situation is refused."""

    intercept: float
    weights: Mapping[str, float]
    threshold: float

    def probability(self, features: Mapping[str, float]) -> float:
        """How probable it is that the kit treats the situation, 0 to 1."""
        logit = self.intercept + sum(weight * features[name] for name, weight in self.weights.items())
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))

    def accepts(self, features: Mapping[str, float]) -> bool:
        """Whether documents may be recommended."""
        return self.probability(features) >= self.threshold


def subject_features(relevance: Relevance, situation: Situation, signals: Signals) -> dict[str, float]:
    """What the model reads, by name (see FEATURES)."""
    on_subject = [mention for mention in situation.mentions if mention.concept.role in ("need", "subject")]
    outside = [mention for mention in situation.mentions if mention.concept.role == "outside"]
    terms = {term[:ROOT] for term in tokenize(situation.text)}
    known = len(terms & relevance.vocabulary)
    similarities = signals.similarities
    return {
        "needs and subjects": float(min(_MANY, len(on_subject))),
        "outside": float(min(_MANY, len(outside))),
        "best phrase": 10 * similarities.phrase_second,
        "best document": 10 * similarities.document_second,
        "nearer": 10 * (similarities.phrase - similarities.outside),
        "nearer, second": 10 * (similarities.phrase_second - similarities.outside_second),
        "known words": 10 * known / len(terms) if terms else 0.0,
    }
