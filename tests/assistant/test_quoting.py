"""A quote of several sentences stands on its page."""

from assistant.quoting import stretch_quotes
from ingestion.document import Role, Sentence
from ingestion.quotes import stands_on_page


def sentences(*quotes: str) -> list[Sentence]:
    return [Sentence(quote.strip("❑• "), quote, 1, Role.ITEM) for quote in quotes]


def test_one_sentence_is_its_own_quote() -> None:
    assert stretch_quotes(sentences("Le test."), "une page qui ne le porte pas") == ("Le test.",)


def test_a_stretch_keeps_the_bullets_between_its_sentences() -> None:
    page = "Trois temps :\n❑ la conception,\n❑ le test,\n❑ l’évalua-\ntion.\nFin."

    [quote] = stretch_quotes(sentences("Trois temps :", "la conception,", "le test,", "l’évaluation."), page)

    assert quote == "Trois temps : ❑ la conception, ❑ le test, ❑ l’évaluation."
    assert stands_on_page(quote, page)


def test_a_first_sentence_that_the_page_repeats_is_the_one_nearest_to_the_rest() -> None:
    page = "Les étapes\nUn sommaire entre les deux.\nLes étapes\nd’abord écouter,\npuis agir."

    [quote] = stretch_quotes(sentences("Les étapes", "d’abord écouter,", "puis agir."), page)

    assert quote == "Les étapes d’abord écouter, puis agir."
    assert stands_on_page(quote, page)


def test_sentences_out_of_order_on_the_page_are_quoted_one_by_one() -> None:
    page = "puis agir.\nd’abord écouter,"

    quotes = stretch_quotes(sentences("d’abord écouter,", "puis agir."), page)

    assert quotes == ("d’abord écouter,", "puis agir.")
    assert all(stands_on_page(quote, page) for quote in quotes)


def test_a_sentence_that_the_page_lacks_never_joins_the_others() -> None:
    assert stretch_quotes(sentences("Un.", "Absent.", "Deux."), "Un. Deux.") == ("Un.", "Absent.", "Deux.")


def test_numbers_between_the_sentences_stay() -> None:
    page = "Budget :\n2017\n1 M€\n2018\n1,5 M€"

    quotes = stretch_quotes(sentences("Budget :", "1 M€", "1,5 M€"), page)

    assert quotes == ("Budget : 2017 1 M€ 2018 1,5 M€",)
