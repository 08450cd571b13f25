"""A hand-made API for what the real one cannot show: documents whose text attacks the page.

Usage: python fake_api.py PORT
"""

import io
import sys
from typing import Any

import uvicorn
from fastapi import FastAPI, Response
from PIL import Image

HOSTILE = (
    "<script>window.hacked = 1</script><img src=x onerror='window.hacked = 2'> "
    "[lien](javascript:window.hacked=3) ![image](http://evil.invalid/x.png) **gras** _italique_ $x^2$ "
    ":red[rouge] :material/home: :smile: http://evil.invalid/auto `code` # titre"
)
DOCUMENT = {
    "id": "document-hostile",
    "title": f"Titre {HOSTILE}",
    "authors": [f"Auteur {HOSTILE}"],
    "year": 2018,
    "years": [2018],
    "nature": f"nature {HOSTILE}",
    "section": None,
    "parcours": [f"parcours {HOSTILE}"],
    "kind": f"genre {HOSTILE}",
    "abstract": f"Résumé {HOSTILE}",
    "url": "javascript:window.hacked=4",
    "in_corpus": True,
    "page_count": 2,
}
CITATION = {
    "number": 1,
    "document_id": DOCUMENT["id"],
    "title": DOCUMENT["title"],
    "page": 2,
    "page_label": f"B {HOSTILE}",
    "quote": f"Citation {HOSTILE}",
    "links": {"page_image": "javascript:window.hacked=5", "pdf": "javascript:window.hacked=6"},
}
PASSAGE = {
    "document_id": DOCUMENT["id"], "page": 1, "page_end": 1, "text": f"Passage {HOSTILE}", "score": 0.5
}  # fmt: skip

app = FastAPI()


@app.get("/readyz")
def readyz() -> dict[str, str]:
    return {"status": "ready"}


@app.post("/api/ask")
def ask(body: dict[str, Any]) -> dict[str, Any]:
    found = "introuvable" not in body["question"]
    return {
        "status": "answered" if found else "not_found",
        "answer": f"Réponse {HOSTILE} [1]\n- point {HOSTILE} [1]\n[7]" if found else f"Absent {HOSTILE}",
        "mode": "extractive",
        "standalone_question": body["question"],
        "citations": [CITATION] if found else [],
        "passages": [PASSAGE],
        "timings_ms": {},
    }


@app.post("/api/recommend")
def recommend(body: dict[str, Any]) -> dict[str, Any]:  # noqa: ARG001
    chosen = ("title", "authors", "year", "nature", "kind", "parcours", "in_corpus")
    item = {name: DOCUMENT[name] for name in chosen} | {
        "rank": 1,
        "document_id": DOCUMENT["id"],
        "reason": f"Raison {HOSTILE}",
        "citations": [CITATION],
        "score": 1.0,
    }
    return {
        "recommendations": [item], "reading_path": [DOCUMENT["id"]], "gaps": [f"Manque {HOSTILE}"]
    }  # fmt: skip


@app.get("/api/documents")
def documents() -> dict[str, Any]:
    return {"documents": [DOCUMENT]}


@app.get("/api/documents/{document_id}/pages/{number}")
def page(document_id: str, number: int) -> Response:  # noqa: ARG001
    image = io.BytesIO()
    Image.new("RGB", (200, 280), "white").save(image, format="PNG")
    return Response(image.getvalue(), media_type="image/png", headers={"X-Cokit-Quote": "absente"})


@app.post("/api/feedback", status_code=201)
def feedback(body: dict[str, Any]) -> dict[str, int]:  # noqa: ARG001
    return {"id": 1}


if __name__ == "__main__":
    uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="warning")
