from pathlib import Path

import pytest
import yaml

from index.analysis import stem, tokenize
from index.errors import LexiconUnusable
from index.lexicon import Lexicon

ROOT = Path(__file__).parents[2]
CORPUS_LEXICON = ROOT / "corpus" / "lexicon.yaml"
FRENCH_LEXICON = ROOT / "index" / "lexicon.yaml"


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon.of_corpus(CORPUS_LEXICON)


@pytest.fixture
def read(tmp_path):
    def read_text(text):
        file = tmp_path / "lexicon.yaml"
        file.write_text(text, encoding="utf-8")
        return Lexicon.read(file)

    return read_text


def test_the_users_words_lead_to_the_documents(lexicon):
    assert stem("commune") in lexicon.alternatives[stem("mairie")]
    assert stem("entreprise") in lexicon.alternatives[stem("boite")]
    assert stem("financer") in lexicon.alternatives[stem("payer")]
    assert lexicon.abbreviations["asso"] == "association"
    assert lexicon.kindred[stem("entreprise")] == lexicon.kindred[stem("association")] == "acteurs"
    assert lexicon.idioms[stem("main"), stem("poche")] == "financer payer"


def test_a_corpus_without_a_lexicon_has_general_french(tmp_path):
    general = Lexicon.of_corpus(tmp_path / "lexicon.yaml")
    assert general == Lexicon.read(FRENCH_LEXICON)
    assert stem("commune") in general.alternatives[stem("mairie")]


def test_a_corpus_adds_its_words_to_general_french(read, tmp_path):
    read("synonymes: [[mairie, chalet]]\nabréviations: {asso: amicale}\nlocutions: {tour table: budget}\n")
    lexicon = Lexicon.of_corpus(tmp_path / "lexicon.yaml")
    assert {stem("chalet"), stem("commune")} <= lexicon.alternatives[stem("mairie")]
    assert lexicon.abbreviations["asso"] == "amicale"
    assert lexicon.abbreviations["cb"] == "combien"
    assert lexicon.idioms[stem("tour"), stem("table")] == "budget"
    assert lexicon.idioms[stem("main"), stem("poche")] == "financer payer"


def test_synonyms_are_symmetric_and_never_a_words_own_stem(lexicon):
    for term, others in lexicon.alternatives.items():
        assert term not in others
        assert all(term in lexicon.alternatives[other] for other in others)


def families():
    return [
        family
        for file in (FRENCH_LEXICON, CORPUS_LEXICON)
        for family in yaml.safe_load(file.read_text(encoding="utf-8"))["synonymes"]
    ]


@pytest.mark.parametrize("family", families(), ids=lambda family: family[0])
def test_every_family_has_two_stems_and_every_member_is_one_word(family):
    assert len({term for word in family for term in tokenize(word)}) >= 2
    assert all(len(word.split()) == 1 for word in family)


def test_a_member_of_two_families_has_the_synonyms_of_both_and_they_stay_apart(read):
    lexicon = read("synonymes:\n- [mairie, commune]\n- [commune, village]\n")

    assert lexicon.alternatives[stem("commune")] == {stem("mairie"), stem("village")}
    assert lexicon.alternatives[stem("mairie")] == {stem("commune")}


def test_case_accents_and_plurals_do_not_matter(read):
    lexicon = read(
        "synonymes: [[Élus, MAIRES]]\nabréviations: {Dépt: département}\nclasses: {lieux: [Régions]}\n"
    )

    assert dict(lexicon.alternatives) == {stem("elus"): {stem("maire")}, stem("maire"): {stem("elus")}}
    assert dict(lexicon.abbreviations) == {"dept": "département"}
    assert dict(lexicon.kindred) == {stem("region"): "lieux"}


def test_an_abbreviation_of_two_words_is_not_its_first_word(read):
    assert dict(read("abréviations: {Com com: communauté}").abbreviations) == {"com com": "communauté"}


@pytest.mark.parametrize("text", ["", "# rien\n", "synonymes:\nclasses:\n", "synonymes: []\n"])
def test_an_empty_part_is_an_empty_lexicon(read, text):
    assert read(text) == Lexicon()


@pytest.mark.parametrize(
    "text",
    [
        "synonymes: [",
        "- mairie\n- commune\n",
        "synonymes: 3",
        "synonymes: [mairie, commune]",
        "synonymes: [[1, 2]]",
        "synonymes: [[mairie, '?']]",
        "abréviations: [asso]",
        "abréviations: {no: non}",  # YAML reads « no » as false
        "abréviations: {asso: 3}",
        "abréviations: {'!!': association}",
        "classes: [maire]",
        "classes: {acteurs: maire}",
        "locutions: [poche]",
        "locutions: {poche: financer}",
        "locutions: {main poche: 3}",
    ],
)
def test_a_broken_lexicon_is_refused_in_french_with_its_file(read, text):
    with pytest.raises(LexiconUnusable, match=r"Lexique illisible : « .*lexicon\.yaml »\. Corrigez"):
        read(text)


def test_a_lexicon_in_another_encoding_or_that_is_absent_is_refused(tmp_path):
    file = tmp_path / "lexicon.yaml"
    with pytest.raises(LexiconUnusable):
        Lexicon.read(file)

    file.write_bytes("synonymes: [[élu, maire]]".encode("latin-1"))
    with pytest.raises(LexiconUnusable):
        Lexicon.read(file)
