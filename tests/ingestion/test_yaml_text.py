"""YAML text → plain values."""

import pytest
import yaml

from ingestion.yaml_text import read_yaml


def test_plain_values_are_read() -> None:
    assert read_yaml("besoins:\n- {nom: « évaluer », notes: [1, 2.5, non]}\n") == {
        "besoins": [{"nom": "« évaluer »", "notes": [1, 2.5, "non"]}]
    }


@pytest.mark.parametrize("text", ["a: [", "!!python/object/apply:os.getcwd []"])
def test_what_is_no_plain_yaml_is_refused(text: str) -> None:
    with pytest.raises(yaml.YAMLError):
        read_yaml(text)
