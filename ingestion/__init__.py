"""PDF files → passages that know their document and page."""
