"""Numbers written in French words, read as values: « quatre-vingt-dix-sept », « 1,5 million », « mille »."""

from collections.abc import Sequence
from decimal import Decimal

UNITS = {
    "zero": 0,
    "deux": 2,
    "trois": 3,
    "quatre": 4,
    "cinq": 5,
    "six": 6,
    "sept": 7,
    "huit": 8,
    "neuf": 9,
    "dix": 10,
    "onze": 11,
    "douze": 12,
    "treize": 13,
    "quatorze": 14,
    "quinze": 15,
    "seize": 16,
}
ONE = frozenset({"un", "une"})
TENS = {
    "vingt": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "septante": 70,
    "nonante": 90,
}
HUNDRED = frozenset({"cent", "cents"})
EIGHTY = frozenset({"vingt", "vingts"})
LARGE = {"million": 10**6, "millions": 10**6, "milliard": 10**9, "milliards": 10**9}

ORDINALS = {
    "premier": 1,
    "premiere": 1,
    "premiers": 1,
    "premieres": 1,
    "deuxieme": 2,
    "troisieme": 3,
    "quatrieme": 4,
    "cinquieme": 5,
    "sixieme": 6,
    "septieme": 7,
    "huitieme": 8,
    "neuvieme": 9,
    "dixieme": 10,
    "onzieme": 11,
    "douzieme": 12,
}

Read = tuple[Decimal, int]  # the value and how many words it takes; 0 words: no number there


def read_number(words: Sequence[str], figure: Decimal | None = None) -> Read:
    """The number that the first words make, and how many of them it takes (0 when they make none).

    `words` are lower case, without accents, hyphens split. A `figure` written in digits just before them
    takes only what multiplies it: (1.5, « million de … ») is 1 500 000. A lone « un » or « une » is an
    article, not a number.
    """
    if figure is not None:
        return _multiplied(figure, words)
    if words and words[0] in ONE:
        if len(words) > 1 and words[1] in LARGE:
            return Decimal(LARGE[words[1]]), 2
        return Decimal(0), 0
    value, taken = _below_million(words)
    if not taken:
        return Decimal(0), 0
    product, more = _multiplied(Decimal(value), words[taken:], thousands=False)
    return product, taken + more


def _multiplied(value: Decimal, words: Sequence[str], *, thousands: bool = True) -> Read:
    if words and words[0] in LARGE:
        return value * LARGE[words[0]], 1
    if thousands and words and words[0] == "mille":
        return value * 1000, 1
    return value, 0


def _below_million(words: Sequence[str]) -> tuple[int, int]:
    """Any number below a million: [below a thousand] mille [below a thousand]."""
    value, taken = _below_thousand(words)
    if taken < len(words) and words[taken] == "mille":
        rest, more = _below_thousand(words[taken + 1 :], inside=True)
        return (value if taken else 1) * 1000 + rest, taken + 1 + more
    return value, taken


def _below_thousand(words: Sequence[str], *, inside: bool = False) -> tuple[int, int]:
    """[two to nine] cent [below a hundred]; `inside` a larger number « un » counts."""
    if words and words[0] in HUNDRED:
        rest, more = _below_hundred(words[1:], inside=True)
        return 100 + rest, 1 + more
    if len(words) > 1 and 2 <= UNITS.get(words[0], 0) <= 9 and words[1] in HUNDRED:
        rest, more = _below_hundred(words[2:], inside=True)
        return UNITS[words[0]] * 100 + rest, 2 + more
    return _below_hundred(words, inside=inside)


def _below_hundred(words: Sequence[str], *, inside: bool = False) -> tuple[int, int]:
    """Tens and units, with soixante-dix, quatre-vingts and « et un »."""
    if len(words) > 1 and words[0] == "quatre" and words[1] in EIGHTY:
        rest, more = _below_twenty(words[2:], inside=True)
        return 80 + rest, 2 + more
    if words and words[0] in TENS:
        tens = TENS[words[0]]
        joined = len(words) > 2 and words[1] == "et" and (words[2] in ONE or words[2] == "onze")
        start = 2 if joined else 1
        rest, more = _below_twenty(words[start:], inside=True)
        if not more or (rest >= 10 and tens != 60):
            return tens, 1
        return tens + rest, start + more
    return _below_twenty(words, inside=inside)


def _below_twenty(words: Sequence[str], *, inside: bool) -> tuple[int, int]:
    if not words:
        return 0, 0
    if words[0] in ONE and inside:
        return 1, 1
    if words[0] == "dix" and len(words) > 1 and UNITS.get(words[1], 0) in (7, 8, 9):
        return 10 + UNITS[words[1]], 2
    if words[0] in UNITS:
        return UNITS[words[0]], 1
    return 0, 0
