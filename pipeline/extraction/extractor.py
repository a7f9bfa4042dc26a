"""An article's statements: the sieve over its paragraphs, with speakers resolved in reading order."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.extraction.appositions import apposition_after
from pipeline.extraction.attribution import Attribution
from pipeline.extraction.drafts import Draft, finish
from pipeline.extraction.frames import LONGEST_FRAME, Frame, build_frames
from pipeline.extraction.hits import Hit, find_hits
from pipeline.extraction.junk import Line, classify
from pipeline.extraction.patterns import according_to, announcer, is_tag, nouns_of_saying, unlisted_verbs
from pipeline.extraction.phrases import frame_subject
from pipeline.extraction.quotation import find_quotations
from pipeline.extraction.reporting import attribute_verbs
from pipeline.extraction.resolution import Resolver, Speaker
from pipeline.extraction.sentences import find_paragraphs, split_sentences
from pipeline.extraction.transcripts import Turn, find_turns
from pipeline.params import ExtractParams
from pipeline.records import Kind, Statement

DEFAULT_PARAMS = ExtractParams(largest_article_bytes=4_000_000, fewest_words=2)
# "OSLO, Norway, May 3 (Agency) - " and "14:05 - " before the first sentence of a paragraph.
_DATELINE = re.compile(r"(?:[A-Z][A-Z'’./-]{2,}[^!?\n“”\"]{0,60}?|\d{1,2}[:.]\d{2}[^\w\n]{0,3}) ?[-–—]{1,2} (?=\S)")
_LONGEST_DATELINE = 90


def extract(text: str, *, article_id: str = "article", params: ExtractParams | None = None) -> list[Statement]:
    """Return the statements of an article in reading order.

    Every span points into ``text`` (in characters); a text without statements gives an empty list.
    """
    params = params or DEFAULT_PARAMS
    reader = _Reader(text)
    sorts = {span: classify(text, *span) for span in find_paragraphs(text)}
    paragraphs = [span for span, sort in sorts.items() if sort is not Line.JUNK]
    turns = find_turns(text, paragraphs)
    for start, end in paragraphs:
        if start in turns:
            reader.read_turn(turns[start])
        elif sorts[start, end] is Line.PROSE:
            reader.read_paragraph(start, end)
        else:
            reader.read_heading()
    return finish(text, article_id, reader.drafts, params.fewest_words)


class _Reader:
    """Goes through an article once and collects drafts of its statements."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.drafts: list[Draft] = []
        self.resolver = Resolver(text)
        self._announced: Draft | None = None  # who is to speak in the paragraph after a colon
        self._quoted: Speaker | None = None  # whose words were quoted last
        self._joinable: Draft | None = None  # the quotation of the sentence before, which may go on

    def read_turn(self, turn: Turn | None) -> None:
        """Take one paragraph of a transcript; None is a question from the press."""
        self._joinable = None
        if turn is None:
            return
        resolved = self.resolver.resolve(self.text[slice(*turn.heading)])
        for group in turn.groups:
            attribution = Attribution(Kind.SPEECH, (group,), group)
            self.drafts.append(Draft(attribution, [group], self.text[slice(*turn.heading)], resolved.speaker))

    def read_heading(self) -> None:
        """Take a heading: nothing that was quoted before it goes on after it."""
        self._joinable = None

    def read_paragraph(self, start: int, end: int) -> None:
        """Take one paragraph of prose."""
        dateline = _DATELINE.match(self.text, start, min(end, start + _LONGEST_DATELINE))
        begin = dateline.end() if dateline else start
        quotations = tuple(find_quotations(self.text, begin, end))
        frames: list[Frame] = []
        for sentence in split_sentences(self.text, begin, end, list(quotations)):
            frames.extend(build_frames(self.text, *sentence, quotations))
        frames = _rejoined(frames)
        announced, self._announced = self._announced, None
        for number, frame in enumerate(frames):
            if frame.is_bare_quotation:
                self._read_bare(frame, opens=number == 0, announced=announced)
            else:
                self._read_sentence(frame, opens=number == 0)
            announced = None

    def _read_sentence(self, frame: Frame, *, opens: bool) -> None:
        """Take one sentence; a quotation right after it goes on with its last quoted statement."""
        self._joinable = None
        hits = find_hits(frame)
        found = attribute_verbs(frame, hits)
        nouns = nouns_of_saying(frame, hits)
        found += according_to(frame, hits)
        found += unlisted_verbs(frame, found)
        kept = _without_nested(found + nouns)
        self._notice_subject(frame, before=kept[0] if kept else None)
        for attribution in kept:
            self._draft(frame, attribution, opens=opens)
        if kept and all(attribution in nouns for attribution in kept):
            self._notice_subject(frame, before=None)
        if frame.tokens[-1].text == ":" and not (kept and kept[-1].kind is Kind.DIRECT):
            self._announce(frame, hits)

    def _announce(self, frame: Frame, hits: Sequence[Hit]) -> None:
        """Remember who is named before a colon that ends a paragraph: the next paragraph is theirs."""
        announcement = announcer(frame, hits)
        if announcement is None:
            return
        apposition = self.text[slice(*announcement.apposition)] if announcement.apposition else None
        resolved = self.resolver.resolve(self.text[slice(*announcement.mention or (0, 0))], apposition)
        self._announced = Draft(announcement, [], resolved.mention, resolved.speaker)

    def _notice_subject(self, frame: Frame, before: Attribution | None) -> None:
        """Remember whom a sentence is about, unless it is what a cue of the sentence takes as its speaker anyway."""
        subject = frame_subject(frame.tokens)
        if subject is None:
            return
        start, end = frame.tokens[subject[0]].start, frame.tokens[subject[1]].end
        if before is not None and (before.start <= start or (before.mention and before.mention[0] <= start)):
            return
        apposition = apposition_after(frame.tokens, subject[1] + 1)
        described = (
            self.text[frame.tokens[apposition[0]].start : frame.tokens[apposition[1]].end] if apposition else None
        )
        self.resolver.notice(self.text[start:end], described)

    def _draft(self, frame: Frame, attribution: Attribution, *, opens: bool) -> None:
        if attribution.mention is None:
            return
        apposition = self.text[slice(*attribution.apposition)] if attribution.apposition else None
        resolved = self.resolver.resolve(self.text[slice(*attribution.mention)], apposition)
        last = self.drafts[-1] if self.drafts else None
        spans = list(attribution.spans)
        first_token = frame.tokens[0]
        if (
            opens
            and last is not None
            and last.unclosed
            and first_token.quotation >= 0
            and frame.inside(first_token) == spans[0]
        ):
            # A quotation re-opened at each paragraph; the last part of it says who speaks.
            spans = last.spans + spans
            attribution = replace(attribution, spans=tuple(spans))
            self.drafts.pop()
        draft = Draft(attribution, spans, resolved.mention, resolved.speaker, _is_unclosed(frame, spans[-1]))
        self.drafts.append(draft)
        if attribution.kind is Kind.DIRECT:
            self._quoted = resolved.speaker
        if attribution.kind is Kind.DIRECT or attribution.said_before_cue:
            self._joinable = draft

    def _read_bare(self, frame: Frame, *, opens: bool, announced: Draft | None) -> None:
        """Take a sentence that is only quoted: the statement before goes on, or its speaker does."""
        spans = [frame.inside(token) for token in frame.tokens if token.quotation >= 0]
        last = self.drafts[-1] if self.drafts else None
        unclosed = _is_unclosed(frame, spans[-1])
        if announced is not None:
            attribution = replace(announced.attribution, spans=tuple(spans))
            self._joinable = Draft(attribution, spans, announced.mention, announced.speaker, unclosed)
            self.drafts.append(self._joinable)
            return
        if opens and last is not None and last.unclosed and last.attribution.kind is Kind.DIRECT:
            self._joinable = last
        if self._joinable is not None:
            self._joinable.extend(spans, frame.end, unclosed=unclosed)
            return
        speaker = self._quoted if opens and self._quoted is not None else self.resolver.last_person()
        attribution = Attribution(Kind.DIRECT, tuple(spans), (frame.start, frame.end))
        self._joinable = Draft(attribution, spans, None, speaker, unclosed)
        self.drafts.append(self._joinable)


def _rejoined(frames: list[Frame]) -> list[Frame]:
    """Put a quotation and a short sentence that only says who said it together: “Why now?” Venn asked."""
    joined: list[Frame] = []
    for frame in frames:
        last = joined[-1] if joined else None
        if last is not None and last.tokens[-1].quotation >= 0 and len(last.tokens) < LONGEST_FRAME and is_tag(frame):
            joined[-1] = Frame(last.text, last.start, frame.end, last.tokens + frame.tokens, last.quotations)
        else:
            joined.append(frame)
    return joined


def _without_nested(found: Sequence[Attribution]) -> list[Attribution]:
    """Keep, of two statements that overlap, the one that starts first and is longer."""
    kept: list[Attribution] = []
    for attribution in sorted(found, key=lambda item: (item.start, -item.end)):
        if not kept or attribution.start >= kept[-1].end:
            kept.append(attribution)
    return kept


def _is_unclosed(frame: Frame, span: tuple[int, int]) -> bool:
    """Whether a span ends a quotation that lost its closing mark at the end of the paragraph."""
    if not frame.quotations:
        return False
    last = frame.quotations[-1]
    return not last.closed and last.start <= span[0] and last.end <= span[1]
