"""Which part of a sentence reports which of its statements.

“She denied the charge and warned the court of unrest” makes two statements. A classifier that read the whole sentence
for both would have to give both the same stance.
"""

import re
from collections.abc import Sequence

from pipeline.extraction.attribution import Attribution, Span

_JOINT = re.compile(r"[\s,;:—–-]*(?:(?:and|but|while|although|though|as|whereas)\b,?\s*)*")


def shares_of_sentence(text: str, attributions: Sequence[Attribution]) -> list[str]:
    """Return, for each statement of one sentence, the words that report it: who, the reporting verb and what is said.

    Each statement's share runs from where the one before ends; the last one's to the end of the sentence. A speaker
    who is named only in another share ("She denied ... and warned ...") is put in front.

    :param attributions: all of one sentence (equal ``context``), in order of their start.
    """
    shares = []
    begin, end = attributions[0].context
    for number, attribution in enumerate(attributions):
        last = number == len(attributions) - 1
        stop = end if last else min(_end_of(attribution), attributions[number + 1].start)
        start = begin if number == 0 else _past_joint(text, begin, stop)
        shares.append(_with_speaker(text, attribution.mention, (start, stop)))
        begin = stop
    return shares


def _end_of(attribution: Attribution) -> int:
    """Return the end of what belongs to a statement: a reporting clause may follow what is said."""
    return max(span[1] for span in (attribution.spans[-1], attribution.cue, attribution.mention) if span is not None)


def _past_joint(text: str, begin: int, stop: int) -> int:
    match = _JOINT.match(text, begin, stop)
    return match.end() if match else begin


def _with_speaker(text: str, mention: Span | None, share: Span) -> str:
    said = text[slice(*share)].strip()
    if not said or mention is None or (share[0] <= mention[0] and mention[1] <= share[1]):
        return said
    joint = ", " if said.split(None, 1)[0].endswith("ing") else " "  # Venn, adding that ...; Venn warned that ...
    return f"{text[slice(*mention)]}{joint}{said}"
