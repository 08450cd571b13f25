from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest

from index.analysis import carries_subject, fold, stem, tokenize, words, written_words
from index.build import build_index
from index.centring import centred
from index.embeddings import open_embedder
from index.lexicon import Lexicon
from index.opened import open_index
from index.search import EMBEDDED_CHARACTERS, SCORINGS, Searcher, fusion_weights
from index.texts import passage_text
from index.word_vectors import WordVectors
from ingestion.document import Role, Sentence

WEIGHTS = {"words": 3.0, "passages": 0.5, "sentences": 1.0, "terms": 2.0}
QUESTIONS = [
    "Qui anime les alliances du territoire 3 ?",
    "21 associations",
    "la mairie n° 2",
    "Combien d'associations œuvrent ?",
    "rien de tel",
]


@pytest.fixture
def searcher(tmp_path, make_corpus, embedder):
    return open_searcher(make_corpus(12), tmp_path, embedder)


@pytest.fixture(scope="module")
def real_searcher(tmp_path_factory, make_corpus):
    """The real engine over a few sentences, each in a passage of its own, of two documents."""
    texts = (
        ("étude", "Le catalyseur territorial est un tiers de confiance qui anime la co-construction."),
        ("étude", "L'étude a été menée auprès de 52 répondants en 2016."),
        ("méthode", "Les communes rurales financent une ingénierie partagée avec leurs partenaires."),
        ("méthode", "La première session collective est prévue le 3 mai 2018 à Paris."),
        ("méthode", "Les entreprises apportent des compétences aux associations du territoire."),
    )
    corpus = corpus_of(texts, make_corpus(len(texts)))
    return open_searcher(corpus, tmp_path_factory.mktemp("data"), open_embedder(threads=2), weights=None)


def corpus_of(texts, made):
    return replace(
        made,
        passages=tuple(
            replace(
                passage, document_id=document, headings=(), sentences=(Sentence(text, text, 1, Role.TEXT),)
            )
            for passage, (document, text) in zip(made.passages, texts, strict=True)
        ),
    )


def open_searcher(corpus, data_dir, embedder, *, weights=WEIGHTS):
    build_index(corpus, data_dir=data_dir, embedder=embedder, corpus_hash="abc", tokenize=tokenize)
    return Searcher(open_index(data_dir, embedder_name=embedder.name), embedder, Lexicon(), weights=weights)


def unit_of(embedded):
    moved = embedded - embedded.mean(axis=0)
    return moved / np.linalg.norm(moved, axis=1, keepdims=True)


def z_scores(scores, allowed):
    return (scores - scores[allowed].mean()) / scores[allowed].std()


def shares_said(query, passages, documents):
    """(n,) the share of the question, by importance, that each passage or its title says, word by word."""
    vectors = WordVectors.read()
    importances = np.array([term.importance for term in query.terms])
    said = np.array(
        [
            [
                max(
                    float(term.stem in tokenize(documents[passage.document_id].title)),
                    *(kin(term, word, vectors) for word in written(passage)),
                )
                for term in query.terms
            ]
            for passage in passages
        ]
    )
    return said @ importances / importances.sum() if query.terms else np.zeros(len(passages))


def written(passage):
    spellings = written_words(passage.text)
    return [spellings.get(word, word) for word in words(passage.text) if carries_subject(word)]


def kin(term, word, vectors):
    if stem(fold(word)) == term.stem:
        return 1.0
    one, other = vectors.of([term.written, word])
    return min(0.95, max(0.0, (float(one @ other) - 0.35) / 0.65))


def brute_force(searcher, question, embedder, allowed):
    """(n,) fused scores, from the texts again: no stored vector, no FAISS."""
    passages = searcher.index.passages
    query = searcher.read(question)
    embedded = embedder.embed_questions([query.text])
    vector = centred(embedded, searcher.index.question_centre)[0]
    of_passages = unit_of(embedder.embed_passages([passage_text(passage) for passage in passages])) @ vector
    placed = [(passage, sentence) for passage in passages for sentence in passage.sentences]
    of_sentences = unit_of(embedder.embed_passages([sentence.text for _, sentence in placed])) @ vector
    best = np.array(
        [
            max(score for score, (owner, _) in zip(of_sentences, placed, strict=True) if owner is passage)
            for passage in passages
        ]
    )
    fused = (
        WEIGHTS["words"] * searcher.index.words.scores(query.word_weights) / query.norm
        + WEIGHTS["passages"] * z_scores(of_passages, allowed)
        + WEIGHTS["sentences"] * z_scores(best, allowed)
        + WEIGHTS["terms"] * shares_said(query, passages, searcher.index.documents)
    )
    return np.where(allowed, fused, -np.inf), of_passages, of_sentences


@pytest.mark.parametrize("question", QUESTIONS)
def test_scores_and_order_are_those_of_brute_force(searcher, embedder, question):
    everything = np.ones(12, dtype=bool)

    ranking = searcher.rank(searcher.read(question))

    scores, of_passages, of_sentences = brute_force(searcher, question, embedder, everything)
    np.testing.assert_allclose(ranking.scores, scores, atol=1e-5)
    np.testing.assert_allclose(ranking.passage_similarities, of_passages, atol=1e-5)
    np.testing.assert_allclose(ranking.sentence_similarities, of_sentences, atol=1e-5)
    assert ranking.best(12).tolist() == np.argsort(-scores, kind="stable").tolist()


def test_a_filter_keeps_only_the_documents_named_and_standardises_among_them(searcher, embedder):
    allowed = np.array([passage.document_id == "méthode" for passage in searcher.index.passages])

    ranking = searcher.rank(searcher.read(QUESTIONS[0]), documents=["méthode", "inconnu"])

    scores, _, _ = brute_force(searcher, QUESTIONS[0], embedder, allowed)
    np.testing.assert_allclose(ranking.scores, scores, atol=1e-5)
    np.testing.assert_array_equal(ranking.allowed, allowed)
    assert {hit.passage.document_id for hit in searcher.hits(ranking, 12)} == {"méthode"}
    assert len(searcher.hits(ranking, 12)) == 6


def test_passages_left_out_are_never_ranked(searcher, embedder):
    query = searcher.read(QUESTIONS[0])
    first, second = searcher.rank(query).best(2).tolist()
    allowed = np.arange(12) != first

    ranking = searcher.rank(query, without={first})

    scores, _, _ = brute_force(searcher, QUESTIONS[0], embedder, allowed)
    np.testing.assert_allclose(ranking.scores, scores, atol=1e-5)
    assert first not in ranking.best(12)
    assert second in ranking.best(11)


@pytest.mark.parametrize("documents", [[], ["inconnu"]])
def test_a_filter_that_keeps_nothing_finds_nothing(searcher, documents):
    ranking = searcher.rank(searcher.read("alliances"), documents=documents)

    assert ranking.best(5).tolist() == []
    assert searcher.hits(ranking, 5) == ()
    assert not ranking.allowed.any()


def test_hits_are_the_passages_with_their_scores_best_first(searcher, embedder):
    by_words = dict.fromkeys(SCORINGS, 0.0) | {"words": 1.0}
    searcher = Searcher(searcher.index, embedder, Lexicon(), weights=by_words)
    ranking = searcher.rank(searcher.read("21 associations"))

    hits = searcher.hits(ranking, 3)

    assert hits[0].passage == searcher.index.passages[3]
    assert [hit.score for hit in hits] == sorted((float(score) for score in ranking.scores), reverse=True)[:3]


def test_a_title_says_its_words_for_every_passage_of_its_document(searcher):
    titles = {
        name: replace(document, title=f"Guide {name}") for name, document in searcher.index.documents.items()
    }
    named = Searcher(replace(searcher.index, documents=titles), searcher.embedder, Lexicon(), weights=WEIGHTS)
    of_the_method = np.array([passage.document_id == "méthode" for passage in searcher.index.passages])

    said = named.rank(named.read("Que dit la méthode ?")).scorings["terms"]

    assert (said[of_the_method] == 1.0).all()
    assert (said[~of_the_method] < 1.0).all()


def test_a_question_without_a_term_is_ranked_by_its_vector_alone(searcher):
    ranking = searcher.rank(searcher.read("Et vous ?"))

    assert not ranking.scorings["words"].any()
    assert len(ranking.best(12)) == 12
    assert np.isfinite(ranking.scores).all()


def test_the_scorings_are_the_parts_that_weigh_as_they_are_told(searcher):
    ranking = searcher.rank(searcher.read(QUESTIONS[0]))

    assert set(ranking.scorings) == set(SCORINGS) == set(fusion_weights())
    np.testing.assert_allclose(
        ranking.scores, sum(WEIGHTS[name] * ranking.scorings[name] for name in SCORINGS), atol=1e-5
    )


def test_only_the_end_of_a_long_question_is_embedded(searcher, embedder):
    asked = []
    answer = embedder.embed_questions
    embedder.embed_questions = lambda texts: asked.extend(texts) or answer(texts)

    searcher.rank(searcher.read("Nous sommes une commune. " * 70 + "Qui anime les alliances ?"))

    assert [len(text) for text in asked] == [EMBEDDED_CHARACTERS]
    assert asked[0].endswith("Qui anime les alliances ?")


def test_a_corpus_of_one_passage_is_searched(tmp_path, make_corpus, embedder):
    searcher = open_searcher(make_corpus(1), tmp_path, embedder)

    ranking = searcher.rank(searcher.read("alliances"))

    assert ranking.best(5).tolist() == [0]
    assert np.isfinite(ranking.scores).all()


def test_twenty_threads_at_once_get_the_ranking_that_one_gets(searcher):
    def scores_of(question):
        return searcher.rank(searcher.read(question)).scores

    alone = [scores_of(question) for question in QUESTIONS * 8]

    with ThreadPoolExecutor(20) as threads:
        at_once = list(threads.map(scores_of, QUESTIONS * 8))

    np.testing.assert_array_equal(at_once, alone)


@pytest.mark.parametrize(
    ("question", "position"),
    [
        ("C'est quoi un catalyseur ?", 0),
        ("combien de gens ont répondu a l'enquete", 1),
        ("Qui paie dans les villages ?", 2),
        ("Quand a lieu la premiere sesion ?", 3),
        ("Que donnent les sociétés privées ?", 4),
    ],
)
def test_the_real_engine_puts_the_passage_that_answers_first(real_searcher, question, position):
    assert real_searcher.rank(real_searcher.read(question)).best(1).tolist() == [position]


def test_twenty_threads_at_once_get_the_real_engine_s_ranking(real_searcher):
    def scores_of(question):
        return real_searcher.rank(real_searcher.read(question)).scores

    questions = [f"Qui anime le territoire n° {number} ?" for number in range(20)]
    alone = [scores_of(question) for question in questions]

    with ThreadPoolExecutor(20) as threads:
        at_once = list(threads.map(scores_of, questions))

    np.testing.assert_allclose(at_once, alone, atol=1e-4)
