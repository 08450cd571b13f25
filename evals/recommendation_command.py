"""The command `cokit fit-situations`: the recommender's settings, from the situations' development half."""

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

FOLDER = Path(__file__).parent
SITUATION_FILE = FOLDER / "situations.yaml"
COEFFICIENTS = Path("assistant/recommend_coefficients.json")


def fit_situations(
    situations: Annotated[
        Path, typer.Option(help="Fichier de situations (YAML).", show_default=False)
    ] = SITUATION_FILE,
    data_dir: Annotated[
        Path | None, typer.Option("--data-dir", help="Dossier où les vecteurs du catalogue sont gardés.")
    ] = None,
    write: Annotated[bool, typer.Option("--write", help=f"Écrire {COEFFICIENTS}.")] = False,
    output: Annotated[
        Path, typer.Option(help="Dossier du projet où --write écrit.", show_default=False)
    ] = FOLDER.parent,
) -> None:
    """Régler les recommandations sur les situations de mise au point ; ne change rien sans --write."""
    from assistant.recommend import open_relevance
    from assistant.settings import read_settings
    from evals import recommendation_fit as fitting
    from evals.situations import load_situations
    from index.embeddings import open_embedder
    from ingestion.catalogue import read_catalogue

    settings = read_settings(data_dir=data_dir)
    catalogue = read_catalogue(settings.catalogue_path)
    embedder = open_embedder(settings.embedder, threads=settings.threads)
    relevance = open_relevance(catalogue, embedder, data_dir=settings.data_dir)
    observed = fitting.observe(relevance, load_situations(situations))
    development = [one for one in observed if one.situation.half == "development"]
    fitted = fitting.fit(relevance, development)
    figures = {
        half: fitting.measure(relevance, [one for one in observed if one.situation.half == half], fitted)
        for half in ("development", "test")
    }
    console = Console(highlight=False)
    console.print(f"Réglage retenu : {fitted.setting}, seuil {fitted.threshold:.4f}")
    table = Table("mesure", "mise au point", "test")
    for name in ("ndcg_at_5", "first_three", "off_subject", "on_subject"):
        table.add_row(name, *(f"{getattr(figures[half], name):.3f}" for half in ("development", "test")))
    console.print(table)
    if write:
        fitting.write(fitted, output / COEFFICIENTS, development=figures["development"], test=figures["test"])
        console.print(f"Écrit : {output / COEFFICIENTS}", soft_wrap=True)
