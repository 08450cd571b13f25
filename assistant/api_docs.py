"""The routes as one plain HTML page: no script and no other host, so that it opens with no network."""

from html import escape
from json import dumps
from typing import Any

Schema = dict[str, Any]

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:56rem;margin:2rem auto;padding:0 1rem;color:#1b1b1b}"
    "code,pre{background:#f2f2f2;border-radius:4px}code{padding:0 .25rem}pre{padding:.75rem;overflow:auto}"
    "h2{border-top:1px solid #ccc;padding-top:1rem;margin-top:2rem;font-size:1.1rem}"
    "table{border-collapse:collapse}td,th{padding:.2rem .8rem .2rem 0;text-align:left;vertical-align:top}"
)


def render_api_docs(openapi: Schema) -> str:
    """An OpenAPI description as a page in French."""
    info = openapi["info"]
    routes = "".join(
        _route(openapi, method, path, operation)
        for path, operations in openapi["paths"].items()
        for method, operation in operations.items()
    )
    return (
        '<!doctype html><html lang="fr"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(info['title'])} : l'API</title><style>{_STYLE}</style></head><body>"
        f"<h1>{escape(info['title'])} : l'API</h1><p>{escape(info.get('summary', ''))}. "
        'La description OpenAPI est à <a href="/openapi.json">/openapi.json</a>. Les erreurs suivent la '
        "RFC 9457 (<code>application/problem+json</code>), en français.</p>"
        f"{routes}</body></html>"
    )


def _route(openapi: Schema, method: str, path: str, operation: Schema) -> str:
    parts = [
        f"<h2><code>{method.upper()} {escape(path)}</code> : {escape(operation.get('summary', ''))}</h2>",
        _parameters(operation.get("parameters", [])),
    ]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json", {}).get("schema")
    if body:
        parts.append(f"<p>Corps :</p>{_shape(openapi, body)}")
    for status, response in operation["responses"].items():
        for media_type, content in response.get("content", {}).items():
            if not status.startswith("2"):
                continue
            schema = content.get("schema")
            parts.append(f"<p>{status}, <code>{escape(media_type)}</code></p>")
            parts.append(_shape(openapi, schema) if schema and "json" in media_type else "")
    errors = [status for status in operation["responses"] if not status.startswith("2")]
    parts.append(f"<p>Erreurs : {', '.join(errors)}</p>" if errors else "")
    return "".join(parts)


def _parameters(parameters: list[Schema]) -> str:
    rows = "".join(
        f"<tr><td><code>{escape(parameter['name'])}</code></td>"
        f"<td>{escape(parameter.get('description', ''))}</td></tr>"
        for parameter in parameters
    )
    return f"<table>{rows}</table>" if rows else ""


def _shape(openapi: Schema, schema: Schema) -> str:
    return f"<pre>{escape(dumps(_example(openapi, schema), ensure_ascii=False, indent=2))}</pre>"


def _example(openapi: Schema, schema: Schema) -> Any:
    """A value of the schema's shape, its leaves told by type."""
    if "$ref" in schema:
        return _example(openapi, openapi["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]])
    if schema.get("examples"):
        return schema["examples"][0]
    if "enum" in schema:
        return " | ".join(str(value) for value in schema["enum"])
    if "const" in schema:
        return schema["const"]
    if "anyOf" in schema:
        return _example(openapi, schema["anyOf"][0])
    if schema.get("type") == "array":
        return [_example(openapi, schema.get("items", {}))]
    if "properties" in schema:
        return {name: _example(openapi, value) for name, value in schema["properties"].items()}
    leaves = {"string": "…", "integer": 1, "number": 0.5, "boolean": True, "object": {}}
    return leaves.get(schema.get("type", ""))
