import json
from dataclasses import replace

import pytest

from index.records import read_corpus, write_corpus
from ingestion.document import FileFailure


def test_documents_pages_and_passages_come_back_as_they_were(corpus, tmp_path):
    write_corpus(corpus, tmp_path)

    assert read_corpus(tmp_path) == corpus


def test_the_text_of_a_page_comes_back_character_for_character(corpus, tmp_path):
    odd = "fin\r\nligne\f\x00\ud800\u2028\uf0b7 « 46 % » œ ﬁ\n "
    corpus = replace(corpus, pages=(replace(corpus.pages[0], text=odd),))
    write_corpus(corpus, tmp_path)

    assert read_corpus(tmp_path).pages[0].text == odd


def test_files_that_failed_are_no_part_of_the_index(corpus, tmp_path):
    write_corpus(replace(corpus, failures=(FileFailure(tmp_path, "illisible"),)), tmp_path)

    assert read_corpus(tmp_path) == corpus


@pytest.mark.parametrize("name", ["documents.json", "pages.json", "passages.json"])
def test_records_are_plain_json(corpus, tmp_path, name):
    write_corpus(corpus, tmp_path)

    assert isinstance(json.loads((tmp_path / name).read_bytes()), list)
