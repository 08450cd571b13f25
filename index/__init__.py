"""Passages → ranked passages for a question."""
