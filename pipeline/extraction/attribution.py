"""The sieve over one sentence: each cue with who says it and what is said."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extraction.appositions import Subject
from pipeline.extraction.frames import Frame
from pipeline.extraction.phrases import Range
from pipeline.extraction.tokens import Token
from pipeline.records import Kind

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Attribution:
    """One thing said, as offsets into the article; who says it is still only a mention."""

    kind: Kind
    spans: tuple[Span, ...]
    context: Span
    cue: Span | None = None
    mention: Span | None = None
    apposition: Span | None = None

    @property
    def start(self) -> int:
        """First character of what is said."""
        return self.spans[0][0]

    @property
    def end(self) -> int:
        """Past the last character of what is said."""
        return self.spans[-1][1]

    @property
    def said_before_cue(self) -> bool:
        """Whether the reporting clause ends it, so that a quotation in the next sentence goes on: "..., she said."."""
        return self.cue is not None and self.end <= self.cue[0]


def made(frame: Frame, kind: Kind, spans: tuple[Span, ...], cue: Span | None, subject: Subject) -> Attribution:
    """Return an attribution with its mention as offsets."""
    tokens = frame.tokens
    return Attribution(
        kind,
        spans,
        (frame.start, frame.end),
        cue,
        span_of(tokens, *subject.mention),
        span_of(tokens, *subject.apposition) if subject.apposition else None,
    )


def span_of(tokens: Sequence[Token], first: int, last: int) -> Span:
    """Return the offsets of the tokens first..last."""
    return tokens[first].start, tokens[last].end


def read_clause(frame: Frame, clause: Range, cue: Span | None, subject: Subject) -> Attribution | None:
    """Return the clause from its first token to before its end as something reported, or mixed where it quotes."""
    tokens = frame.tokens
    first, end = clause
    while (
        end > first
        and not tokens[end - 1].is_word
        and tokens[end - 1].quotation < 0
        and tokens[end - 1].text not in ")%"
    ):
        end -= 1
    if end <= first:
        return None
    kind = Kind.MIXED if any(token.quotation >= 0 for token in tokens[first:end]) else Kind.REPORTED
    return made(frame, kind, (span_of(tokens, first, end - 1),), cue, subject)
