"""Question and history → answer with citations; situation → recommendations; HTTP API; command line."""
