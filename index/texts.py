"""What text is embedded for a passage and for a sentence: never without the words it stands under."""

from ingestion.document import Document, Passage, Sentence


def passage_text(document: Document, passage: Passage) -> str:
    """The document's title, the trail of headings, then the passage."""
    return "\n".join((document.title, *passage.headings, passage.text))


def sentence_text(
    document: Document, passage: Passage, sentence: Sentence, *, with_trail: bool = True
) -> str:
    """The sentence below the document's title and its nearest heading, or alone."""
    if not with_trail:
        return sentence.text
    return "\n".join((document.title, *passage.headings[-1:], sentence.text))
