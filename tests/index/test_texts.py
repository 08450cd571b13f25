from dataclasses import replace

from index.texts import passage_text, sentence_text


def test_a_passage_is_embedded_below_its_headings_and_without_the_documents_title(corpus):
    text = passage_text(corpus.passages[0])

    assert text == (
        "Le mouvement\nPartie 0\nPartie 0\nLes alliances du territoire 0 œuvrent :\nla mairie n° 0"
    )


def test_a_sentence_is_embedded_below_its_nearest_heading(corpus):
    passage = corpus.passages[0]

    assert sentence_text(passage, passage.sentences[2]) == "Partie 0\nla mairie n° 0"


def test_a_sentence_below_no_heading_is_embedded_alone(corpus):
    passage = replace(corpus.passages[0], headings=())

    assert sentence_text(passage, passage.sentences[2]) == "la mairie n° 0"


def test_a_sentence_may_be_embedded_alone(corpus):
    passage = corpus.passages[0]

    assert sentence_text(passage, passage.sentences[2], with_trail=False) == "la mairie n° 0"
