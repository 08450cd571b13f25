"""The sentences of the best passages → choices, with what the reader says of the likeliest."""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.candidates import find_candidates
from assistant.choice import Choice, choose
from assistant.expectation import Kind
from assistant.reading import Reading, with_log_odds
from index.opened import StoredIndex
from index.search import Ranking


@dataclass(frozen=True, slots=True)
class Chooser:
    """The weights of the choice, and the reader."""

    reader: Reading
    weights: Mapping[str, float]

    def choose(self, index: StoredIndex, ranking: Ranking, kind: Kind) -> list[Choice]:
        """Every candidate, most probable first; empty without any."""
        choices = choose(find_candidates(index, ranking, kind), kind, weights=self.weights)
        return with_log_odds(self.reader, index, ranking.query.text, choices)
