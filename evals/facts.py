"""Facts found in a text whatever the way it writes them: case, accents, articles, spacing, numbers, dates.

A text becomes a tuple of canonical tokens. A number is a token that starts with `#`: « 1 000 », « 1000 »
and « mille » are all `#1000`, « 1er », « 01 » and « 1 » are `#1`, « 1,5 M€ » is `#1500000 euro`. A date is
its parts: « 07/06/2018 » and « 7 juin 2018 » are `#7 juin #2018`.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from evals.french_numbers import ORDINALS, read_number

MONTHS = (
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
)
MONTH_ABBREVIATIONS = {
    "janv": "janvier",
    "fev": "fevrier",
    "fevr": "fevrier",
    "avr": "avril",
    "juil": "juillet",
    "sept": "septembre",
    "oct": "octobre",
    "nov": "novembre",
    "dec": "decembre",
}
ARTICLES = frozenset({"le", "la", "les", "l", "un", "une", "du", "de", "des", "d"})
SAME_WORDS = {"au": "a", "aux": "a", "euros": "euro", **MONTH_ABBREVIATIONS}

Tokens = tuple[str, ...]

_DAY, _MONTH, _YEAR = r"(0[1-9]|[12]\d|3[01]|[1-9])", r"(0[1-9]|1[0-2]|[1-9])", r"((?:19|20)\d\d)"
_FRENCH_DATE = re.compile(rf"(?<![\d/.]){_DAY}([/.]){_MONTH}\2{_YEAR}(?![\d/])")
_SHORT_DATE = re.compile(rf"(?<![\d/]){_DAY}/{_MONTH}/(\d\d)(?![\d/])")
_ISO_DATE = re.compile(rf"(?<!\d){_YEAR}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)")
_DAY_AND_MONTH = re.compile(r"(?<![\d/])(0[1-9]|[12]\d|3[01])/(0[1-9]|1[0-2])(?![\d/])")
_THOUSANDS = re.compile(r"(?<![\d.,])\d{1,3}(?:[ .]\d{3})+(?![\d.]\d|\d)")
_DECIMAL_COMMA = re.compile(r"(?<![\d.,])(\d+),(\d+)(?![\d]|[.,]\d)")
_AMOUNTS = (
    (re.compile(r"(?<=\d)\s*(?:mds?|mrds?)\s*(?:d')?(?:€|euros?\b)"), " milliard euro "),
    (re.compile(r"(?<=\d)\s*m\s*(?:d')?(?:€|euros?\b)"), " million euro "),
    (re.compile(r"(?<=\d)\s*k\s*(?:d')?(?:€|euros?\b)"), " mille euro "),
)
_PERCENT = re.compile(r"\bpour[ -]?cents?\b")
_ORDINAL = re.compile(r"(?<=\d)\s?\^?\{?(?:i?emes?|ers?|eres?|res?|e|nde?)\}?(?![a-z0-9])")
_HOUR = re.compile(r"(?<=\d)\s?h\s?(?=\d)")
_TOKEN = re.compile(r"[^\W\d_]\w*|(?<![\d.])\d+\.\d+(?!\d|\.\d)|\d+|%")


def tokens(text: str) -> Tokens:
    """The canonical tokens of a text: folded words, numbers as `#value`, no article."""
    words = _TOKEN.findall(_with_plain_figures(_folded(text)))
    return tuple(_canonical(words))


def holds(text: Tokens, form: Tokens) -> bool:
    """Whether a form stands in a text, from a token's start to a token's end, whatever the spacing inside."""
    if not form:
        return False
    sought = "".join(form)
    bounds = set(accumulate((len(token) for token in text), initial=0))
    joined = "".join(text)
    position = joined.find(sought)
    while position >= 0:
        if position in bounds and position + len(sought) in bounds:
            return True
        position = joined.find(sought, position + 1)
    return False


def group_is_matched(text: Tokens, accepted_forms: Sequence[str]) -> bool:
    """Whether at least one of a fact's accepted forms stands in the text."""
    return any(holds(text, tokens(form)) for form in accepted_forms)


def figures(text: Tokens) -> tuple[Tokens, ...]:
    """The numbers and dates of a text, each as the tokens that must stand together in what it cites.

    A day keeps its month, a year its month, a percentage its sign: « 7 juin 2018, 46 % » gives
    (#7, juin), (juin, #2018), (#46, %).
    """
    return tuple(_figures(text))


def _figures(text: Tokens) -> Iterator[Tokens]:
    for position, token in enumerate(text):
        if not token.startswith("#"):
            continue
        before = text[position - 1] if position else ""
        after = text[position + 1] if position + 1 < len(text) else ""
        if after in MONTHS or after == "%":
            yield (token, after)
        elif before in MONTHS and len(token) == len("#2018"):
            yield (before, token)
        else:
            yield (token,)


def _folded(text: str) -> str:
    """Lower case, no accents, plain apostrophes and dashes, ligatures apart, no Markdown stars."""
    text = text.translate(_PLAIN)
    text = unicodedata.normalize("NFKC", text).casefold()
    decomposed = unicodedata.normalize("NFD", text)
    bare = "".join(char for char in decomposed if not unicodedata.combining(char))
    return bare.replace("œ", "oe").replace("æ", "ae")


_PLAIN = str.maketrans("’‘ʼ`´–—‑−", "'" * 5 + "-" * 4, "*\u00ad")


def _with_plain_figures(text: str) -> str:
    """The folded text with every date, thousand, decimal, amount, percentage and ordinal written one way."""
    text = _FRENCH_DATE.sub(lambda m: f" {m[1]} {MONTHS[int(m[3]) - 1]} {m[4]} ", text)
    text = _SHORT_DATE.sub(lambda m: f" {m[1]} {MONTHS[int(m[2]) - 1]} 20{m[3]} ", text)
    text = _ISO_DATE.sub(lambda m: f" {m[3]} {MONTHS[int(m[2]) - 1]} {m[1]} ", text)
    text = _DAY_AND_MONTH.sub(lambda m: f" {m[1]} {MONTHS[int(m[2]) - 1]} ", text)
    text = _THOUSANDS.sub(lambda m: re.sub(r"[ .]", "", m[0]), text)
    text = _DECIMAL_COMMA.sub(r"\1.\2", text)
    text = _HOUR.sub(" h ", _ORDINAL.sub(" ", text))
    for pattern, plain in _AMOUNTS:
        text = pattern.sub(plain, text)
    return _PERCENT.sub(" % ", text).replace("€", " euro ")


def _canonical(words: Sequence[str]) -> Iterator[str]:
    position = 0
    while position < len(words):
        word = words[position]
        following = words[position + 1 : position + 12]
        if word[0].isdigit():
            value, taken = read_number(following, Decimal(word))
            yield _number_token(value)
            position += 1 + taken
            continue
        value, taken = read_number(words[position : position + 12])
        if taken:
            yield _number_token(value)
        elif word in ORDINALS:
            yield f"#{ORDINALS[word]}"
        elif word not in ARTICLES:
            yield SAME_WORDS.get(word, word)
        position += taken or 1


def _number_token(value: Decimal) -> str:
    plain = f"{value:f}"
    if "." in plain:
        plain = plain.rstrip("0").rstrip(".")
    return f"#{plain.lstrip('0') or '0'}" if not plain.startswith("0.") else f"#{plain}"
