"""Whether a sentence can be read: what a scanner made of a drawing is no answer, wherever its words stand."""

import re
from functools import lru_cache

from index.french import frequency

_MOST = 0.25  # share of a sentence's words that nobody writes
_AT_LEAST = 2  # such words
_WRITTEN = 2.0  # Zipf frequency, one in ten million
_NO_WORD = re.compile(r"^(?:[|_£\\~<>=§#.)(]|[bcdfghjkmnpqrstvwxz])$")
_BROKEN = re.compile(r"[^\W\d_][|_£\\~<>=§]|[a-zà-ÿ]{1,3}[A-ZÀ-Ý]{2}|[A-ZÀ-Ý]{2}[a-zà-ÿ]{1,2}[A-ZÀ-Ý]")
_ADDRESS = re.compile(r"https?:|www\.|\S@\S|\.(?:fr|com|org|mp4|pdf)\b")
_AROUND = "«»\"“”'’.,;:!?()[]…–-•*/®°%€+&"


@lru_cache(maxsize=20_000)
def is_legible(sentence: str) -> bool:
    """False when a quarter of the words, and two at least, are none: « | EniSREE g £>e0ciarons ».

    Rare words alone, such as those of another language, make no sentence illegible.
    """
    written = [token for token in sentence.split() if not _ADDRESS.search(token)]
    if not any(_is_broken(token) for token in written):
        return True
    doubtful = sum(_is_broken(token) or _is_unknown(token) for token in written)
    return doubtful < _AT_LEAST or doubtful < _MOST * len(written)


def _is_broken(token: str) -> bool:
    """A lone letter or sign, or a word with signs or capitals inside."""
    return bool(_NO_WORD.match(token) or _BROKEN.search(token.strip(_AROUND)))


def _is_unknown(token: str) -> bool:
    """A word in lower case that nobody writes."""
    word = token.strip(_AROUND)
    parts = [part for part in re.split(r"[-'’/]", word) if part]
    if not parts or not word[0].islower() or not all(part.isalpha() for part in parts):
        return False
    return max(frequency(part.lower()) for part in parts) < _WRITTEN
