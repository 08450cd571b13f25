import math
from pathlib import Path

import pytest

from index.analysis import fold, stem, tokenize
from index.idioms import Idioms
from index.lexicon import Lexicon
from index.query import AROUND, SYNONYM_WEIGHT, QueryReader
from index.words import WordIndex

TEXTS = [
    "Les associations et les entreprises nouent des partenariats avec la commune.",
    "Le catalyseur territorial anime la co-construction avec 12 territoires.",
    "Le salarié de la structure mobilise les compétences du territoire.",
    "Le financement du programme est de 50 M€, dont 12 % du département.",
]


@pytest.fixture(scope="module")
def word_index():
    return WordIndex.build([tokenize(text) for text in TEXTS])


@pytest.fixture(scope="module")
def reader(word_index):
    letters = "".join(character if character.isalpha() else " " for character in " ".join(TEXTS)).lower()
    lexicon = Lexicon.of_corpus(Path(__file__).parents[2] / "corpus" / "lexicon.yaml")
    vocabulary = {fold(word): word for word in letters.split()}
    return QueryReader(word_index, vocabulary, lexicon, Idioms(lexicon.idioms))


def terms(query):
    return {term.stem: term for term in query.terms}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("les asociation", "les associations"),
        ("un catalizeur", "un catalyseur"),
        ("le finacement", "le financement"),
        ("le programe", "le programme"),
        ("combein de teritoires", "combien de territoires"),
        ("partenarait", "partenariats"),
        ("FINACEMENT", "financement"),
    ],
)
def test_a_typing_error_becomes_the_corpuss_word(reader, typed, meant):
    assert reader.read(typed).text == meant


@pytest.mark.parametrize(
    "question",
    [
        "Quel est le salaire ?",  # not « salarié », three letters away, nor any other word of the corpus
        "un salarie",  # « salarié » without its accent has the same terms, and is left alone or mended
        "la commande publique",
        "le complément",
        "le développement",
        "co-construction et coconstruction",
        "Le RAMEAU, l’ESS et la DJEPVA",
        "les 53 et 66",
        "rabintratisque",
        "x" * 60,
        "",
    ],
)
def test_a_word_that_is_no_typing_error_keeps_its_terms(reader, question):
    assert list(terms(reader.read(question))) == list(dict.fromkeys(tokenize(question)))


def test_a_french_word_that_the_corpus_lacks_is_kept_and_said_to_be_unknown(reader):
    query = reader.read("Quel est le salaire d'un catalyseur ?")

    assert query.text == "Quel est le salaire d'un catalyseur ?"
    assert [terms(query)[stem(word)].known for word in ("salaire", "catalyseur")] == [False, True]


@pytest.mark.parametrize("word", ["doute", "pour", "comme", "chez"])
def test_a_short_word_near_one_of_the_corpus_is_not_replaced(reader, word):
    assert reader.read(word).text == word


def test_a_word_too_short_for_two_slips_is_not_replaced_at_two(reader):
    assert reader.read("commnue").text == "commune"  # two letters changed places: one slip
    assert reader.read("conmnue").text == "conmnue"
    assert reader.read("teritoyres").text == "territoires"
    assert reader.read("teritovrs").text == "teritovrs"  # three slips


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("komunne", "commune"),
        ("dlakomunne", "dlakomunne"),
        ("katalizeure", "catalyseur"),
        ("lassossiation", "associations"),
    ],
)
def test_a_word_written_by_ear_is_read_by_ear_even_behind_a_glued_article(reader, typed, meant):
    assert reader.read(typed).text == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("lmail", "mail"),
        ("dpayer", "payer"),
        ("quils", "quils"),  # too short a word to be sure of
        ("Darcos", "Darcos"),
        ("Lille", "Lille"),
    ],
)
def test_a_common_word_behind_a_lost_vowel_is_that_word(reader, typed, meant):
    assert reader.read(typed).text == meant


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cb de territoires", "combien de territoires"),
        ("les ASSOS", "les associations"),
        ("ki pilote", "qui pilote"),
        ("la com com", "la communauté de communes"),
        ("La Com Com paie", "La communauté de communes paie"),
        ("https://exemple.com", "https://exemple.com"),
    ],
)
def test_abbreviations_are_written_out(reader, typed, meant):
    assert reader.read(typed).text == meant


def test_synonyms_that_the_corpus_holds_weigh_less_than_the_question_s_own_words(reader):
    query = reader.read("La mairie et les firmes ?")

    assert terms(query)[stem("mairie")].alternatives == {stem("commune")}
    assert query.word_weights == {
        stem("mairie"): 1.0,
        stem("firme"): 1.0,
        stem("commune"): SYNONYM_WEIGHT,
        stem("entreprise"): SYNONYM_WEIGHT,
    }


def test_a_synonym_makes_a_word_known(reader):
    assert terms(reader.read("municipalité"))[stem("municipalite")].known


def test_a_synonym_that_is_itself_asked_for_weighs_as_a_word_of_the_question(reader):
    assert reader.read("la mairie, la commune").word_weights[stem("commune")] == 1.0


@pytest.mark.parametrize("question", ["12", "douze", "12 %", "coconstruction", "co-construction", "50 M€"])
def test_numbers_and_compounds_of_the_corpus_are_known(reader, question):
    assert all(term.known for term in reader.read(question).terms)


def test_a_number_that_the_corpus_lacks_is_unknown(reader):
    assert not terms(reader.read("13 territoires"))["13"].known


def test_each_term_has_its_rarity_in_the_corpus_and_in_french(reader, word_index):
    query = reader.read("Le catalyseur du territoire")

    found = terms(query)
    assert {name: term.idf for name, term in found.items()} == {
        name: word_index.idf(name) for name in (stem("catalyseur"), stem("territoire"))
    }
    assert found[stem("catalyseur")].rarity > found[stem("territoire")].rarity > 0


def test_the_norm_is_the_length_of_the_vector_of_idf(reader, word_index):
    query = reader.read("catalyseur, territoire, catalyseur")

    idfs = [word_index.idf(stem("catalyseur")), word_index.idf(stem("territoire"))]
    assert query.norm == pytest.approx(math.hypot(*idfs))


def test_a_question_without_a_term_has_no_weight_and_a_norm_that_divides(reader):
    query = reader.read("Et pour quoi ?")

    assert (query.word_weights, query.norm, query.head) == ({}, 1.0, "")


def test_what_is_told_around_the_question_weighs_less_than_what_is_asked(reader, word_index):
    query = reader.read("Je suis maire. Ma mairie manque d'argent. Qui pilote le programme ?")

    weights = {name: term.weight for name, term in terms(query).items()}
    assert weights[stem("argent")] == weights[stem("mairie")] == AROUND
    assert weights[stem("pilote")] == weights[stem("programme")] == 1.0
    assert query.word_weights[stem("commune")] == pytest.approx(SYNONYM_WEIGHT * AROUND)
    assert query.norm == pytest.approx(
        math.sqrt(sum((word_index.idf(name) * weight) ** 2 for name, weight in weights.items()))
    )


def test_of_two_questions_the_last_is_the_one_asked(reader):
    found = terms(reader.read("Qui anime le territoire ? Et qui pilote le programme ?"))

    assert (found[stem("territoire")].weight, found[stem("programme")].weight) == (AROUND, 1.0)


@pytest.mark.parametrize(
    ("question", "head"),
    [
        ("Quel diplôme faut-il pour animer ?", "diplôme"),
        ("Pour la mairie, combien de territoires ?", "territoires"),
        ("programme", "programme"),
        ("Le programme, c'est quoi ?", "programme"),
    ],
)
def test_the_head_is_what_is_asked(reader, question, head):
    assert reader.read(question).head == stem(fold(head))


def test_names_are_the_capitals_inside_the_question(reader):
    query = reader.read("Comment s'appelle le directeur d’Opus et de la Caisse ?")

    assert {term.stem for term in query.terms if term.is_name} == {"opus", stem("caisse")}
