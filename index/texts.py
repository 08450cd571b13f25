"""What text is embedded for a passage and for a sentence: never without the words it stands under.

The document's title is left out: on the development questions it cost three points of recall@5, since the
same words before every sentence draw them together.
"""

from ingestion.document import Passage, Sentence


def passage_text(passage: Passage) -> str:
    """The trail of headings, then the passage."""
    return "\n".join((*passage.headings, passage.text))


def sentence_text(passage: Passage, sentence: Sentence, *, with_trail: bool = True) -> str:
    """The sentence below its nearest heading, or alone."""
    if not with_trail:
        return sentence.text
    return "\n".join((*passage.headings[-1:], sentence.text))
