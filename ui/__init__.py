"""Streamlit front end, a client of the HTTP API."""
