"""Set expressions → plain words: « qui met la main à la poche » is searched as « qui met la financer »."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from index.analysis import fold, stem

_WORD = re.compile(r"[^\W\d_]+")
_BETWEEN = 2  # words that may stand between two words of an expression

Key = tuple[str, ...]  # stems, in order


class Idioms:
    """Expressions with what they mean, recognised whatever the verb's form."""

    def __init__(self, meanings: Mapping[Key, str], *, documents: Iterable[str] = ()) -> None:
        """`meanings` maps the stems that carry an expression, two or more, to plain words.

        An expression that the documents use themselves (« mode d'emploi ») is left as it is.
        """
        self._meanings = dict(meanings)
        self._by_first: dict[str, list[Key]] = {}
        for key in sorted(meanings, key=len, reverse=True):
            self._by_first.setdefault(key[0], []).append(key)
        for key in {key for text in documents for key in self._used_in(text)}:
            self._by_first[key[0]].remove(key)

    def in_plain_words(self, text: str) -> str:
        """The text with each expression, from its first word to its last, replaced by its meaning."""
        found = list(_WORD.finditer(text))
        stems = [stem(fold(word[0])) for word in found]
        parts: list[str] = []
        written = place = 0
        while place < len(stems):
            key, last = next(self._at(stems, place), ((), place))
            if key:
                parts += [text[written : found[place].start()], self._meanings[key]]
                written = found[last].end()
            place = last + 1
        return "".join((*parts, text[written:]))

    def _used_in(self, text: str) -> Iterator[Key]:
        stems = [stem(word) for word in _WORD.findall(fold(text))]
        for place in range(len(stems)):
            yield from (key for key, _ in self._at(stems, place))

    def _at(self, stems: Sequence[str], place: int) -> Iterator[tuple[Key, int]]:
        """The expressions that begin at a place, longest first, each with the place of its last word."""
        for key in self._by_first.get(stems[place], ()):
            last = place
            for sought in key[1:]:
                near = stems[last + 1 : last + 2 + _BETWEEN]
                if sought not in near:
                    break
                last += 1 + near.index(sought)
            else:
                yield key, last
