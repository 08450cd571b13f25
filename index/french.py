"""How common a word is in French at large: a corpus of fifty pages does not decide alone what is rare."""

from functools import lru_cache

import wordfreq

MOST_COMMON = 8.0  # the scale's upper end: « de » stands at 7.5
_KNOWN = 2.6  # below one word in 2.5 million of the sources, most are misspellings


@lru_cache(maxsize=20_000)
def frequency(word: str) -> float:
    """Zipf frequency of a word: log10 of its occurrences in a billion words, 0 when never seen.

    The scale is van Heuven's (SUBTLEX-UK, 2014); the counts are those of `wordfreq`.
    """
    return float(wordfreq.zipf_frequency(word, "fr"))


def rarity(word: str) -> float:
    """Between 0 (the most common word of French) and 1 (a word that was never seen)."""
    return 1.0 - frequency(word) / MOST_COMMON


def is_french(word: str) -> bool:
    """Whether a word is common enough in French not to be a misspelling."""
    return frequency(word) >= _KNOWN


def common_words(count: int) -> list[str]:
    """The most common words of French, lower case, most common first."""
    return list(wordfreq.top_n_list("fr", count))
