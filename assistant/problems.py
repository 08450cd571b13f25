"""Errors as RFC 9457 `application/problem+json`, in French: one table maps each domain error to HTTP."""

import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic.json_schema import models_json_schema
from starlette.exceptions import HTTPException

from assistant.errors import AssistantError, NoCatalogue, NoFile, NotReady, UnknownDocument, UnknownPage
from assistant.french_validation import in_french
from assistant.schemas import FieldProblem, Problem
from index.errors import IndexProblem
from ingestion.catalogue import CatalogueError

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

# the first class that an error is an instance of decides
STATUS_OF_ERROR: tuple[tuple[type[Exception], HTTPStatus], ...] = (
    (UnknownDocument, HTTPStatus.NOT_FOUND),
    (NoFile, HTTPStatus.NOT_FOUND),
    (UnknownPage, HTTPStatus.NOT_FOUND),
    (NotReady, HTTPStatus.SERVICE_UNAVAILABLE),
    (NoCatalogue, HTTPStatus.SERVICE_UNAVAILABLE),
    (IndexProblem, HTTPStatus.SERVICE_UNAVAILABLE),  # missing, outdated, damaged, of another model…
    (CatalogueError, HTTPStatus.SERVICE_UNAVAILABLE),
)

_TITLES = {
    HTTPStatus.BAD_REQUEST: "Requête incorrecte",
    HTTPStatus.NOT_FOUND: "Introuvable",
    HTTPStatus.METHOD_NOT_ALLOWED: "Méthode non acceptée",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Requête trop grande",
    HTTPStatus.UNPROCESSABLE_ENTITY: "Demande incorrecte",
    HTTPStatus.INTERNAL_SERVER_ERROR: "Erreur interne",
    HTTPStatus.SERVICE_UNAVAILABLE: "Service indisponible",
}
_DETAILS = {
    HTTPStatus.NOT_FOUND: "Cette adresse n'existe pas. Les adresses sont décrites à /docs.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Cette méthode n'est pas acceptée à cette adresse. Voir /docs.",
    HTTPStatus.BAD_REQUEST: "La requête ne peut pas être lue.",
}
RETRY_AFTER_SECONDS = 2


def problem(
    status: HTTPStatus,
    detail: str,
    *,
    errors: list[FieldProblem] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """One error as the response that carries it."""
    body = Problem(title=_TITLES.get(status, "Erreur"), status=status, detail=detail, errors=errors or [])
    kept = {**(headers or {})}
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        kept["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return Response(body.model_dump_json(), status_code=status, media_type=MEDIA_TYPE, headers=kept)


def problem_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """What OpenAPI says of a route's errors; `problem_schemas` holds what it refers to."""
    schema = {"$ref": "#/components/schemas/Problem"}
    return {
        status: {"description": _TITLES[HTTPStatus(status)], "content": {MEDIA_TYPE: {"schema": schema}}}
        for status in statuses
    }


def problem_schemas() -> dict[str, Any]:
    """The JSON schemas of a problem and its parts, by their name."""
    _, definitions = models_json_schema(
        [(Problem, "serialization")], ref_template="#/components/schemas/{model}"
    )
    return dict(definitions["$defs"])


def install_problem_handlers(app: FastAPI) -> None:
    """Make every error of the application a problem in French."""
    app.add_exception_handler(RequestValidationError, _validation_problem)
    app.add_exception_handler(HTTPException, _http_problem)
    for error_class, _ in STATUS_OF_ERROR:
        app.add_exception_handler(error_class, _domain_problem)
    app.add_exception_handler(AssistantError, _domain_problem)
    app.add_exception_handler(Exception, _internal_problem)


def status_of(error: Exception) -> HTTPStatus:
    """The HTTP status of a domain error; one that nobody mapped is the server's fault."""
    for error_class, status in STATUS_OF_ERROR:
        if isinstance(error, error_class):
            return status
    return HTTPStatus.INTERNAL_SERVER_ERROR


def _domain_problem(_: Request, error: Exception) -> Response:
    return problem(status_of(error), str(error))


def _validation_problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    fields = [
        FieldProblem(field=_field_name(details["loc"], details["type"]), message=in_french(details))
        for details in error.errors()
    ]
    detail = " ; ".join(f"{field.field} : {field.message}" for field in fields) + "."
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=fields)


def _field_name(location: tuple[int | str, ...], error_type: str) -> str:
    if error_type == "json_invalid" or len(location) == 1:
        return "corps de la requête"
    return ".".join(str(part) for part in location[1:])


def _http_problem(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    status = HTTPStatus(error.status_code)
    headers = dict(error.headers) if error.headers else None
    return problem(status, _DETAILS.get(status, status.phrase), headers=headers)


def _internal_problem(request: Request, error: Exception) -> Response:
    log.error("%s %s", request.method, request.url.path, exc_info=error)
    return problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "Une erreur inattendue s'est produite. Elle est notée dans le journal du serveur.",
    )
