"""Raw lines → the text that stands there (for quotes) → the text that was meant (for reading and search).

Both keep, for every character, the place it came from; neither changes a number or a negation.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ingestion.quotes import drop_soft_hyphens, fold
from ingestion.sentences import word_set
from ingestion.traced import TracedText

# Prefixes that keep their hyphen before a word that also stands alone.
HYPHENATED_PREFIXES = word_set(
    """
    co inter multi non socio auto ex sous mi demi vice semi anti éco eco micro post pré pluri pro
    quasi extra ultra contre avant après trans méta péri bi tri uni médico politico géo franco sud
    nord est ouest grand grande mot rendez peut vis celui celle ceux celles elle eux lui soi nous
    vous tiers savoir porte chef hors arrière entre audio agro psycho techno cyber
    """
)
# What follows « co- » in the field of alliances, where a short text does not show the word alone.
CO_WORDS = word_set(
    """
    construction constructions construire construit construite construites création créations
    créateur créateurs créer développement fondateur fondateurs financement financements financer
    gestion pilotage piloté pilotée pilote pilotes conception animation production produire
    responsabilité working voiturage élaboration
    """
)
# What follows a word with a hyphen: always, or if that word stands elsewhere (not « territoria-\nles »).
SUFFIXES = word_set(
    """
    nous vous même mêmes là
    """
)
VERBS = word_set(
    """
    peut peuvent doit doivent faut est sont ont va vont fait dit existe avez êtes pouvez devez
    voulez souhaitez faites suis
    """
)
ENCLITICS = word_set(
    """
    je tu il elle on ils elles ce ci moi toi lui leur le la les t y en
    """
)

_WORD = re.compile(r"[^\W\d_]+(?:[-\u2010][^\W\d_]+)*")
_WORD_BEFORE = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*\Z")
_WORD_AFTER = re.compile(r"[^\W\d_]+")
_VOWEL = "aeiouyhàâäéèêëîïôöùûüœæAEIOUYHÀÂÉÈÊËÎÏÔÙÛŒ"
_REPAIRS: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...] = (
    (re.compile(r"\*\*"), ""),  # Markdown's strong
    (re.compile(r"\^\{([^{}]{1,8})\}"), lambda match: match[1]),  # 48^{èmes}
    (re.compile(r"<(https?://[^\s<>]+)>"), lambda match: match[1]),  # Markdown's automatic link
    # An address cut at the line end: « https://exemple.w ordpress.com/ ».
    (
        re.compile(r"(?<=://)([\w./-]*\w) (?!www|http)(?=[\w-]+\.(?:com|fr|org|net|eu|info)\b)"),
        lambda match: match[1],
    ),
    (re.compile("[\ue000-\uf8ff]+"), " "),  # private-use glyphs of symbol fonts
    # A capital I or a bar before an apostrophe and a vowel is an l, capital where a sentence starts.
    (re.compile(rf"(?:(?<=\A)|(?<=[.!?] ))[I|][’']{{1,2}}(?=[{_VOWEL}]|ceu)"), "L’"),
    (re.compile(rf"(?<!\w)[I|][’']{{1,2}}(?=[{_VOWEL}]|ceu)"), "l’"),
    (re.compile(r"(?<!\w)ll(s?)(?=\s)"), lambda match: "Il" + match[1]),  # « lls répondent »
    (re.compile(r"(?<!\w)lI(s?)(?=\s)"), lambda match: "Il" + match[1]),
    # An œ read as « ce »: no French word has these letters otherwise.
    (re.compile(r"ceuvr"), "œuvr"),
    (re.compile(r"(?<!\w)cceur"), "cœur"),
    (re.compile(r"(?<!\w)nceud"), "nœud"),
    (re.compile(r"(?<!\w)vceu"), "vœu"),
    (re.compile(r"(?<!\w)sceur"), "sœur"),
    (re.compile(r"(?<!\w)([ée])tre(s?)(?!\w)"), lambda match: "être" + match[2]),
    (
        re.compile(rf"(?<!\w)([cdjlmnstCDJLMNST]|qu|Qu)([’']) (?=[{_VOWEL}])"),
        lambda match: match[1] + match[2],
    ),
    (re.compile(r"\s+"), " "),
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of a document, in lower case, with the number of times they stand uncut on a line."""

    words: Counter[str]

    @classmethod
    def of(cls, page_texts: Iterable[str]) -> "Vocabulary":
        words: Counter[str] = Counter()
        for text in page_texts:
            cut = False
            for line in text.splitlines():
                for match in list(_WORD.finditer(line))[cut:]:
                    # What touches a hyphen at the line's end is perhaps half a word, like what follows it.
                    if not line[match.end() :].startswith(("-", "\u2010", "\u00ad")):
                        words[match[0].replace("\u2010", "-").lower()] += 1
                cut = line.rstrip().endswith(("-", "\u2010", "\u00ad"))
        return cls(words)

    def __contains__(self, word: str) -> bool:
        return word.lower() in self.words


def standing_text(page_text: str, start: int, end: int, *, vocabulary: Vocabulary) -> TracedText:
    """Return what stands on `page_text[start:end]` as one line: the text that quotes are cut from."""

    def cut_word(match: re.Match[str]) -> str:
        before = _WORD_BEFORE.search(match.string, max(0, match.start() - 40), match.start())
        after = _WORD_AFTER.match(match.string, match.end())
        if match["hyphen"] == "\u00ad":
            return ""
        if before is None or after is None:
            return "-"  # « 2015-\n2016 »
        return "-" if keeps_hyphen(before[0], after[0], vocabulary) else ""

    return drop_soft_hyphens(fold(TracedText.of(page_text, start, end), cut_word=cut_word))


def keeps_hyphen(before: str, after: str, vocabulary: Vocabulary) -> bool:
    """Tell whether a hyphen at a line end belongs to the word: the document's own usage decides first."""
    if after[0].isupper() and not before.isupper():
        return True  # « Midi-\nPyrénées »
    compound, joined = (
        vocabulary.words[f"{before}-{after}".lower()],
        vocabulary.words[(before + after).lower()],
    )
    if compound or joined:
        return compound >= joined
    if len(before.rpartition("-")[2]) == 1:  # « existe-t-\nil », « vis-à-\nvis »
        return True
    if after.lower() in SUFFIXES or (
        after.lower() in ENCLITICS and (before.lower() in VERBS or before in vocabulary)
    ):
        return True
    if before.lower() in HYPHENATED_PREFIXES:
        return after in vocabulary or after.lower() in CO_WORDS
    return False


def readable_text(standing: TracedText) -> TracedText:
    """Return the text that was meant; offsets lead back into the standing text."""
    text = TracedText.of(standing.text)
    for pattern, replacement in _REPAIRS:
        text = text.sub(pattern, replacement)
    return text.strip()
