"""The settings: read from the environment, validated together, refused in French."""

import os
from pathlib import Path

import pytest

from assistant.errors import SettingsError
from assistant.settings import THREAD_VARIABLES, Settings, available_cores, limit_threads, read_settings


@pytest.fixture(autouse=True)
def _no_settings_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(f"COKIT_{name.upper()}", raising=False)


def test_the_defaults_serve_this_machine_only() -> None:
    settings = read_settings()
    assert (settings.host, settings.port, settings.data_dir) == ("127.0.0.1", 8000, Path("data"))
    assert settings.local_address == "http://127.0.0.1:8000"


def test_the_environment_is_read_with_its_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COKIT_PORT", "9001")
    monkeypatch.setenv("PORT", "9002")
    assert read_settings().port == 9001


def test_an_option_wins_over_the_environment_and_an_absent_one_does_not(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COKIT_PORT", "9001")
    monkeypatch.setenv("COKIT_HOST", "0.0.0.0")
    settings = read_settings(port=9003, host=None)
    assert (settings.port, settings.host) == (9003, "0.0.0.0")


@pytest.mark.parametrize(
    ("name", "value", "message"),
    [
        ("COKIT_PORT", "huit", "- COKIT_PORT : un nombre entier est attendu"),
        ("COKIT_PORT", "70000", "- COKIT_PORT : la valeur doit être au plus 65535"),
        ("COKIT_FEEDBACK_DAYS", "0", "- COKIT_FEEDBACK_DAYS : la valeur doit être au moins 1"),
        ("COKIT_LOG_LEVEL", "bavard", "- COKIT_LOG_LEVEL : valeur inconnue ; valeurs possibles : "),
        ("COKIT_API_URL", "localhost", "- COKIT_API_URL : le format du texte n'est pas celui attendu"),
        ("COKIT_UI_PORT", "8000", "COKIT_PORT et COKIT_UI_PORT doivent être deux ports différents"),
    ],
)
def test_a_wrong_value_is_named_in_french(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, message: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert message in str(refused.value)


def test_every_wrong_value_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COKIT_PORT", "huit")
    monkeypatch.setenv("COKIT_THREADS", "-1")
    with pytest.raises(SettingsError) as refused:
        read_settings()
    assert "COKIT_PORT" in str(refused.value)
    assert "COKIT_THREADS" in str(refused.value)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("0.0.0.0", "http://127.0.0.1:8000"),
        ("::", "http://[::1]:8000"),
        ("kit.local", "http://kit.local:8000"),
    ],
)
def test_the_printed_address_can_be_opened_from_this_machine(host: str, address: str) -> None:
    assert read_settings(host=host).local_address == address


def test_the_front_end_may_be_told_another_address() -> None:
    assert read_settings(api_url="https://kit.example/").api_address == "https://kit.example"


def test_threads_follow_the_cores_unless_said_otherwise() -> None:
    assert read_settings().thread_count == available_cores()
    assert read_settings(threads=3).thread_count == 3


def test_numeric_libraries_get_the_thread_count_that_nobody_set(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in THREAD_VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    limit_threads(2)
    assert os.environ["OMP_NUM_THREADS"] == "1"
    assert os.environ["OPENBLAS_NUM_THREADS"] == "2"


def test_every_setting_is_described() -> None:
    assert all(field.description for field in Settings.model_fields.values())
