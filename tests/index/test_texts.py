from index.texts import passage_text, sentence_text


def test_a_passage_is_embedded_below_its_title_and_its_headings(corpus):
    text = passage_text(corpus.documents[0], corpus.passages[0])

    assert text == (
        "Le kit, étude\nLe mouvement\nPartie 0\n"
        "Partie 0\nLes alliances du territoire 0 œuvrent :\nla mairie n° 0"
    )


def test_a_sentence_is_embedded_below_its_title_and_nearest_heading(corpus):
    passage = corpus.passages[0]

    assert sentence_text(corpus.documents[0], passage, passage.sentences[2]) == (
        "Le kit, étude\nPartie 0\nla mairie n° 0"
    )


def test_a_sentence_may_be_embedded_alone(corpus):
    passage = corpus.passages[0]

    assert (
        sentence_text(corpus.documents[0], passage, passage.sentences[2], with_trail=False)
        == "la mairie n° 0"
    )
