from index.texts import passage_text


def test_a_passage_is_embedded_below_its_headings_and_without_the_documents_title(corpus):
    text = passage_text(corpus.passages[0])

    assert text == (
        "Le mouvement\nPartie 0\nPartie 0\nLes alliances du territoire 0 œuvrent :\nla mairie n° 0"
    )
