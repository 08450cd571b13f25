"""Which articles and exercises the models are trained on; what weighs their word is learned from the others.

A model is surer of what it was trained on than of anything new: weights fitted there would trust it too much.
The question encoder is trained on exercises alone.
"""

import hashlib

HELD_OUT_EXERCISES = frozenset(
    {
        *("culture-et-patrimoine", "engagement-des-entreprises", "evaluation-et-impact"),
        *("formations-et-parcours", "guides-de-l-etat", "numerique-et-programmes"),
        *("risques-et-citoyennete", "tourisme-et-commerce", "urbanisme-et-logement"),
    }
)
_TAUGHT_TENTHS = 7  # of PIAF's fitted half


def is_taught_article(title: str) -> bool:
    """Whether the reader may be trained on an article of PIAF's fitted half."""
    return int(hashlib.md5(title.encode(), usedforsecurity=False).hexdigest(), 16) % 10 < _TAUGHT_TENTHS


def is_taught_exercise(corpus: str) -> bool:
    """Whether the models may be trained on a file of exercises."""
    return corpus not in HELD_OUT_EXERCISES
