"""How a French word sounds, so that « enkete » meets « enquête »: what is written by ear is read by ear.

A coarse key in the manner of Soundex, with the commonest spellings of French sounds (cf. Phonex, Brouard
1999): two words with the same key sound alike or nearly; the key itself is no transcription.
"""

import re

from index.analysis import fold

_SOUNDS = tuple(
    (re.compile(spelling), sound)
    for spelling, sound in (
        (r"(?<=\w{3})s\b", ""),  # of a plural
        (r"ph", "f"),
        (r"sc(?=[eiy])|c(?=[eiy])|t(?=ion)", "s"),
        (r"ch|sh", "C"),
        (r"qu|q|ck|c", "k"),
        (r"gn", "N"),
        (r"ge(?=[ao])|g(?=[eiy])", "j"),
        (r"gu(?=[eiy])", "g"),
        (r"h", ""),
        (r"y", "i"),
        (r"z", "s"),
        (r"([a-zC])\1+", r"\1"),
        (r"eau|au", "o"),
        (r"[ae][nm](?![aeiounm])", "A"),
        (r"(?:ai|ei|i|u)[nm](?![aeiounm])", "I"),
        (r"o[nm](?![aeiounm])", "O"),
        (r"oeu|eu", "E"),
        (r"ai|ei|e[rtz]\b|ee\b", "e"),
        (r"(?:es?|[tdpx]s?|s)\b", ""),
    )
)


def sound(word: str) -> str:
    """The key of a word, accents and silent endings left out; words that sound alike have the same."""
    key = fold(word.lower().replace("ç", "ss"))
    for spelling, heard in _SOUNDS:
        key = spelling.sub(heard, key)
    return key
