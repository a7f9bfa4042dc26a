"""Statements in the making, and how they become records."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from pipeline.extraction.attribution import Attribution, Span
from pipeline.extraction.resolution import Speaker
from pipeline.extraction.sentences import split_plain
from pipeline.extraction.shares import shares_of_sentence
from pipeline.records import Kind, Statement

_LONGEST_CONTEXT = 3  # sentences


@dataclass(slots=True)
class Draft:
    """A statement whose quotation may still go on in the next sentence or paragraph."""

    attribution: Attribution
    spans: list[tuple[int, int]]
    mention: str | None
    speaker: Speaker | None
    unclosed: bool = False

    def extend(self, spans: Sequence[Span], end: int, *, unclosed: bool) -> None:
        """Add the quotation of the next sentence, which ends at ``end``, to what is said."""
        self.spans.extend(spans)
        self.unclosed = unclosed
        if self.attribution.kind is not Kind.DIRECT:
            context = (self.attribution.context[0], max(self.attribution.context[1], end))
            self.attribution = replace(self.attribution, kind=Kind.MIXED, context=context)


def finish(text: str, article_id: str, drafts: Sequence[Draft], fewest_words: int) -> list[Statement]:
    """Return the drafts that say enough as records, in order of their start, no two with the same span."""
    kept: dict[Span, Draft] = {}
    for draft in drafts:
        start, end = draft.spans[0][0], draft.spans[-1][1]
        words = sum(len(text[s:e].split(None, fewest_words)) for s, e in draft.spans)
        if start < end and words >= fewest_words:
            kept.setdefault((start, end), draft)
    shares = _shares(text, [kept[key] for key in sorted(kept)])
    return [_record(text, article_id, kept[key], shares.get(key)) for key in sorted(kept)]


def _shares(text: str, drafts: Sequence[Draft]) -> dict[Span, str]:
    """Return, of the sentences that report several statements, the share of each by its start and end."""
    shares: dict[Span, str] = {}
    # A quotation in the paragraph after a colon has the announcing sentence as its context, but is no part of it.
    within = [draft for draft in drafts if draft.attribution.end <= draft.attribution.context[1]]
    for _, group in groupby(within, key=lambda draft: draft.attribution.context):
        siblings = list(group)
        if len(siblings) > 1:
            texts = shares_of_sentence(text, [draft.attribution for draft in siblings])
            shares |= {
                (draft.spans[0][0], draft.spans[-1][1]): share for draft, share in zip(siblings, texts, strict=True)
            }
    return shares


def _record(text: str, article_id: str, draft: Draft, share: str | None) -> Statement:
    start, end = draft.spans[0][0], draft.spans[-1][1]
    speaker, cue = draft.speaker, draft.attribution.cue
    return Statement(
        id=f"{article_id}:{start}-{end}",
        article_id=article_id,
        text=text[start:end],
        kind=draft.attribution.kind,
        start=start,
        end=end,
        spans=tuple(draft.spans),
        cue=text[slice(*cue)] if cue else None,
        speaker=draft.mention,
        speaker_name=speaker.name if speaker else None,
        role=speaker.role if speaker else None,
        affiliation=speaker.affiliation if speaker else None,
        country=speaker.country if speaker else None,
        context=_context(text, draft),
        share=share,
    )


def _context(text: str, draft: Draft) -> str:
    """Return the sentence around a statement; of a longer one the three sentences around its reporting clause."""
    start, end = draft.attribution.context
    sentences = split_plain(text, start, end)
    if len(sentences) > _LONGEST_CONTEXT:
        anchor = draft.attribution.cue[0] if draft.attribution.cue else draft.attribution.start
        index = next((i for i, (s, e) in enumerate(sentences) if s <= anchor < e), 0)
        first = max(0, min(index - 1, len(sentences) - _LONGEST_CONTEXT))
        sentences = sentences[first : first + _LONGEST_CONTEXT]
    return text[sentences[0][0] : sentences[-1][1]] if sentences else text[start:end]
