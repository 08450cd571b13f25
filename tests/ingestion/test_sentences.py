"""French sentences, on a table of real ones; « | » marks where a sentence ends."""

import pytest

from ingestion.sentences import MAX_WORDS, split_sentences

SENTENCES = [
    "Les maires agissent.| Ils dialoguent.",
    "M. Dupont et Mme. Leroy sont venus.| Nous aussi.",
    "Selon l’art. L. 123-4 du code, c’est permis.| Voir p. 12 et n° 3.",
    "Le budget est de 50 M€.| Il augmente.",
    "Elle défend les métiers de l’art.| Le musée aussi, en tant que tel.| Nous y allons.",
    "Il atteint 1.5 million.| C’est beaucoup.",
    "Des outils, des méthodes, etc. sont fournis.",
    "Des outils, des méthodes, etc.| Ils sont gratuits.",
    "J. Martin et P. F. Bernard animent.| V. Leray aussi.",
    "« Agir ensemble. » Telle est la devise.",
    "Il dit : « Comment financer ? »| Personne ne répond.",
    "« Comment financer ? » demande-t-il.",
    "Elle dit : « Nous avons besoin de temps.| Et de moyens. »",
    "Les atouts, ses spécificités...| Ce dialogue permet la création.",
    "Une position… qui traduit une ouverture.",
    "Consultez www.lerameau.fr.| Le site est libre.",
    "Voir https://a.fr/b.html?x=1 pour la suite.",
    "Tél. : 01-53-66-99-70",
    "Q14. Outre les services, qui ?",
    "1. Le cadre de référence",
    "Le plan comporte une annexe A.| Le reste suit.",
    "cf. Référentiel, éd. 2016, vol. 2.",
    "(voir l’encadré.)| La suite.",
    "La commune compte 350 hab. en 2016.| Elle grandit.",
    "Quelle structure ?| Avec quelle gouvernance ?",
    "c.-à-d. Le maire et al. Sur ce point, rien.",
]


@pytest.mark.parametrize("marked", SENTENCES)
def test_a_sentence_ends_where_a_reader_ends_it(marked: str) -> None:
    if marked.startswith("« Agir"):
        expected = ["« Agir ensemble. »", "Telle est la devise."]
    else:
        expected = [part.strip() for part in marked.split("|")]
    text = marked.replace("|", "")

    assert [text[start:end] for start, end in split_sentences(text)] == expected


def test_a_stretch_without_punctuation_is_cut_at_its_weaker_marks() -> None:
    text = "; ".join(f"la ligne {number} du tableau des territoires" for number in range(40))

    parts = [text[start:end] for start, end in split_sentences(text)]

    assert all(len(part.split()) <= MAX_WORDS for part in parts)
    assert " ".join(parts) == text
    assert all(part.endswith(";") for part in parts[:-1])


def test_nothing_has_no_sentence() -> None:
    assert split_sentences("  ") == []
