import pytest

from index.analysis import (
    carries_subject,
    fold,
    function_words,
    stem,
    term_set,
    tokenize,
    words,
    words_as_written,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("L’Œuvre d’été", "l'oeuvre d'ete"),
        ("ÉLU, Çà et là : « ﬁn »", "elu, ca et la : « fin »"),
        ("curriculum vitæ", "curriculum vitae"),
        ("e\u0301tude", "etude"),  # an accent that stands apart, as some PDFs hold it
        ("2\u202f500", "2 500"),
    ],
)
def test_accents_ligatures_and_apostrophes_are_folded(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("l’association", ["association"]),
        ("d'experience", ["experience"]),
        ("qu’elles", ["elles"]),
        ("jusqu'en", ["en"]),
        ("lorsqu’un maire", ["un", "maire"]),
        ("s’engager", ["engager"]),
        ("presqu'île", ["presqu", "ile"]),
    ],
)
def test_an_elision_is_split_off(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "co-construction",
        "co construction",
        "coconstruction",
        "Co-Construction",
        "co- construction",
        "co-\nconstruction",
    ],
)
def test_the_ways_to_write_co_construction_are_one_word(text):
    assert words(text) == ["coconstruction"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("socio-économique", ["socioeconomique"]),
        ("inter-communal", ["intercommunal"]),
        ("non-lucratif", ["nonlucratif"]),
        ("vis-à-vis", ["vis", "a", "vis"]),
        ("Poitou-Charentes", ["poitou", "charentes"]),
        ("un co et un", ["un", "co", "et", "un"]),
    ],
)
def test_a_prefix_joins_its_word_and_other_compounds_are_split(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("trois formes", "3 formes"),
        ("Douze territoires", "12 territoires"),
        ("mille maires", "1 000 maires"),
        ("1 000 maires", "1000 maires"),
        ("1.000 maires", "1\u202f000 maires"),
        ("1 000 000 euros", "1000000 euros"),
        ("50 M€", "50 millions d'euros"),
        ("50M€", "50 M€"),
        ("1,5 M€", "1,5 millions d’euros"),
        ("Les catalyseurs territoriaux", "un catalyseur territorial"),
        ("les œuvres", "L’OEUVRE"),
    ],
)
def test_two_ways_to_write_the_same_have_the_same_terms(one, other):
    assert tokenize(one) == tokenize(other) != []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("en 2018 120 territoires", ["en", "2018", "120", "territoires"]),
        ("01 53 66 99 70", ["01", "53", "66", "99", "70"]),
        ("2017 2018", ["2017", "2018"]),
        ("46%", ["46"]),
        ("un maire", ["un", "maire"]),
        ("programme €", ["programme"]),
        ("12 000 associations en 2018", ["12000", "associations", "en", "2018"]),
    ],
)
def test_numbers_keep_their_value(text, expected):
    assert words(text) == expected


@pytest.mark.parametrize(
    ("one", "other"), [("1,5 M€", "15 M€"), ("12 territoires", "10 territoires"), ("1 000", "1 0000")]
)
def test_two_numbers_stay_two(one, other):
    assert tokenize(one) != tokenize(other)


@pytest.mark.parametrize(
    ("text", "implied"),
    [
        ("Tél. : 01-53-66-99-70", ["telephone", "numero"]),
        ("01 53 66 99 70", ["telephone", "numero"]),
        ("info@exemple.fr", ["mail", "courriel", "adresse"]),
        ("www.exemple.fr", ["site", "internet", "adresse"]),
        ("94300 VINCENNES", ["adresse"]),
        ("46 %", ["pourcentage"]),
    ],
)
def test_what_a_text_implies_counts_after_its_own_words(text, implied):
    own = [stem(word) for word in words(text) if carries_subject(word)]

    assert tokenize(text) == [*own, *map(stem, implied)]


@pytest.mark.parametrize("text", ["10 000 maires", "en 2018", "5 associations", "1 ET 2", "exemple.fr"])
def test_ordinary_numbers_and_words_imply_nothing(text):
    assert len(tokenize(text)) == len([word for word in words(text) if carries_subject(word)])


def test_acronyms_are_kept_as_they_are():
    assert tokenize("L’ESS, la RSE, le CGET et les PME/PMI") == ["ess", "rse", "cget", "pme", "pmi"]


def test_function_words_and_single_letters_carry_no_subject_but_figures_do():
    assert tokenize("Qu'est-ce qu’un R & D pour les 7 communes ?") == ["7", stem("communes")]
    assert [carries_subject(word) for word in ("maire", "où", "ou", "x", "7")] == [
        True,
        True,
        False,
        False,
        True,
    ]


@pytest.mark.parametrize("word", ["etes", "meme", "ca", "deja", "qu", "combien"])
def test_function_words_are_known_without_their_accents(word):
    assert word in function_words()


@pytest.mark.parametrize(
    ("word", "stemmed"),
    [("territoires", "territoir"), ("ess", "ess"), ("2018", "2018"), ("territorial", "territorial")],
)
def test_a_stem_is_that_of_snowball_and_short_words_and_numbers_are_their_own(word, stemmed):
    assert stem(word) == stemmed


def test_terms_keep_their_order_and_repeats_and_their_set_does_not():
    text = "Le maire, l'alliance et le maire"

    assert tokenize(text) == [stem("maire"), stem("alliance"), stem("maire")]
    assert term_set(text) == {stem("maire"), stem("alliance")}


@pytest.mark.parametrize("text", ["", " \n", "?!…", "« »", "\ud800"])
def test_a_text_without_words_has_no_term(text):
    assert tokenize(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("L’élu déploie sa démarche", ["l'élu", "déploie", "sa", "démarche"]),
        ("De\u0301marche", ["démarche"]),  # an accent that stands apart is still that accent
        ("même déjà à", ["meme", "deja", "a"]),  # function words are known all the same
        ("douze co-constructions, 1 500 €", ["12", "coconstructions", "1500"]),
    ],
)
def test_words_as_written_keep_their_accents_and_elisions_and_nothing_else_changes(text, expected):
    with words_as_written():
        assert words(text) == expected


def test_as_written_a_word_is_another_without_its_accent_or_its_article():
    text, same_text = "l'évaluation", "evaluation"

    with words_as_written():
        assert term_set(text) & term_set(same_text) == set()
    assert term_set(text) == term_set(same_text) == {stem("evaluation")}


def test_as_written_a_telephone_number_still_implies_the_word():
    with words_as_written():
        assert tokenize("01 23 45 67 89")[-2:] == tokenize("téléphone numéro")
