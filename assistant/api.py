"""The HTTP API: every route of the README, each a thin synchronous function over the engine."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Annotated

from fastapi import FastAPI, Path, Query
from fastapi.responses import FileResponse, HTMLResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from assistant.api_docs import render_api_docs
from assistant.engine import Engine, open_engine
from assistant.errors import UnknownPage
from assistant.feedback import CitedPage, Feedback, FeedbackStore
from assistant.http_edge import BoundedBody, MeasuredEdge, Metrics
from assistant.loading import BackgroundLoading
from assistant.page_images import PageImages, PageOutOfRange
from assistant.problems import install_problem_handlers, problem_responses, problem_schemas
from assistant.schemas import (
    MAX_QUESTION,
    AnswerOut,
    AskRequest,
    DocumentDetailOut,
    DocumentsOut,
    FeedbackOut,
    FeedbackRequest,
    HealthOut,
    ReadyOut,
    RecommendationsOut,
    RecommendRequest,
    answer_out,
    document_detail_out,
    document_out,
    recommendations_out,
)
from assistant.settings import Settings

DocumentId = Annotated[str, Path(max_length=200, description="identifiant du document")]


def create_app(settings: Settings, *, load: Callable[[], Engine] | None = None) -> FastAPI:
    """The application; the engine is loaded in the background, so that `/healthz` answers at once."""
    metrics = Metrics()

    def load_engine() -> Engine:
        loaded = load() if load else open_engine(settings)
        metrics.passages.set(loaded.manifest.passage_count)
        return loaded

    engine = BackgroundLoading(load_engine)
    images = PageImages(width=settings.page_width, cache_bytes=settings.page_cache_mb * 1_000_000)
    feedback = FeedbackStore(settings.data_dir, keep_days=settings.feedback_days)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        engine.start()
        feedback.purge()
        yield

    app = FastAPI(
        title="cokit",
        summary="Assistant documentaire du kit « Co-construction territoriale »",
        version="0.1.0",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        swagger_ui_oauth2_redirect_url=None,
        responses=problem_responses(422),
    )
    install_problem_handlers(app)
    app.add_middleware(BoundedBody, max_bytes=settings.max_body_kb * 1024)
    app.add_middleware(MeasuredEdge, metrics=metrics)

    @app.post("/api/ask", summary="Poser une question au kit", responses=problem_responses(404, 503))
    def ask(body: AskRequest) -> AnswerOut:
        answer = engine.get().ask(body.question, history=body.turns(), documents=body.documents)
        metrics.answers.labels(answer.status).inc()
        return answer_out(answer)

    @app.post("/api/recommend", summary="Trouver les documents utiles", responses=problem_responses(503))
    def recommend(body: RecommendRequest) -> RecommendationsOut:
        found = engine.get().recommend(body.situation, limit=body.limit, filters=body.filters())
        return recommendations_out(found)

    @app.get("/api/documents", summary="Tous les documents du kit", responses=problem_responses(503))
    def documents() -> DocumentsOut:
        return DocumentsOut(documents=[document_out(entry) for entry in engine.get().library.documents])

    @app.get("/api/documents/{document_id}", summary="Un document", responses=problem_responses(404, 503))
    def document(document_id: DocumentId) -> DocumentDetailOut:
        return document_detail_out(engine.get().library.find(document_id))

    @app.get(
        "/api/documents/{document_id}/file",
        summary="Le PDF d'un document (plages d'octets acceptées)",
        response_class=FileResponse,
        responses={200: {"content": {"application/pdf": {}}}, **problem_responses(404, 503)},
    )
    def document_file(document_id: DocumentId) -> FileResponse:
        path = engine.get().library.file(document_id)
        return FileResponse(
            path, media_type="application/pdf", filename=path.name, content_disposition_type="inline"
        )

    @app.get(
        "/api/documents/{document_id}/pages/{number}",
        summary="L'image d'une page, la citation surlignée",
        response_class=Response,
        responses={200: {"content": {"image/png": {}}}, **problem_responses(404, 503)},
    )
    def page_image(
        document_id: DocumentId,
        number: Annotated[int, Path(description="numéro de page, à partir de 1")],
        quote: Annotated[str, Query(max_length=MAX_QUESTION, description="passage à surligner")] = "",
    ) -> Response:
        library = engine.get().library
        held = library.held(document_id)
        try:
            image = images.render(library.file(document_id), number, quote=quote, version=held.sha256)
        except PageOutOfRange as error:
            raise UnknownPage(document_id, number, held.page_count) from error
        headers = {"Cache-Control": "private, max-age=3600"}
        if quote.strip():
            headers["X-Cokit-Quote"] = "trouvee" if image.quote_boxes else "absente"
        return Response(image.png, media_type="image/png", headers=headers)

    @app.post(
        "/api/feedback",
        summary="Dire si une réponse a aidé",
        status_code=201,
        responses=problem_responses(503),
    )
    def give_feedback(body: FeedbackRequest) -> FeedbackOut:
        number = feedback.add(
            Feedback(
                question=body.question,
                answer=body.answer,
                citations=tuple(CitedPage(c.document_id, c.page, c.quote) for c in body.citations),
                verdict=body.verdict,
                reasons=tuple(body.reasons),
                comment=body.comment,
                index_version=engine.get().index_version,
                created_at=datetime.now(UTC),
            )
        )
        return FeedbackOut(id=number)

    @app.get("/healthz", summary="Le serveur répond")
    def healthz() -> HealthOut:
        return HealthOut(status="ok")

    @app.get("/readyz", summary="L'index est chargé", responses=problem_responses(503))
    def readyz() -> ReadyOut:
        loaded = engine.get()
        return ReadyOut(
            status="ready",
            index_version=loaded.index_version,
            documents=loaded.library.held_count,
            passages=loaded.manifest.passage_count,
        )

    @app.get("/metrics", summary="Mesures pour Prometheus", response_class=Response)
    def metrics_text() -> Response:
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)

    @app.get("/docs", include_in_schema=False)
    def docs() -> HTMLResponse:
        return HTMLResponse(render_api_docs(app.openapi()))

    app.openapi()["components"]["schemas"].update(problem_schemas())
    return app
