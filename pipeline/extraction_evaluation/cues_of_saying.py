"""Which gold attributions have a cue of saying.

Corpora such as PolNeAR (Newell, Margolin and Ruths 2018) also mark what people think, want, show and vote for.
"""

import re
from functools import cache

from pipeline.extraction.cues import CUE_NOUNS, cue_forms
from pipeline.extraction.words import word_set

_WORD = re.compile(r"[^\W\d_]+")
_NOT_SAID = word_set("not n't t never declined declines refused refuses refusing didn isn doesn hasn won wouldn")
# Verbs and nouns of saying that the extraction does not know: to leave them out would flatter it.
_FURTHER = word_set(
    """
    chant chanted chanting chants email emailed emailing rail railed railing rails retweet retweeted retweeting
    reference referenced references referencing chastise chastised chastises chastising bark barked barking allude
    alluded alludes alluding articulate articulated articulates articulating dub dubbed dubs dubbing trumpet trumpeted
    trumpeting recite recited reciting press pressed pressing intone intoned bellow bellowed brag bragged bragging
    brags gripe griped gripes rant ranted ranting rants moan moaned plea pleas criticism criticisms complaints
    allegations accusations statements claims warnings threats calls demands denials promises pledges suggestions
    assertions declarations assurances remarks comments arguments predictions advice rebuke rebukes urging wording
    """
)


def is_cue_of_saying(cue: str | None) -> bool:
    """Whether the words of a gold cue say that something was said, and not that it was not."""
    if cue is None:
        return False
    lower = cue.lower()
    if "according to" in lower or ":" in lower:
        return True
    words = set(_WORD.findall(lower))
    return bool(words & _sayings()) and not words & _NOT_SAID


@cache
def _sayings() -> frozenset[str]:
    return frozenset(cue_forms()) | CUE_NOUNS | _FURTHER
