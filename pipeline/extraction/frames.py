"""A sentence as the rules see it: words and marks, with every quotation as one token."""

from bisect import bisect_left
from dataclasses import dataclass

from pipeline.extraction.quotation import Quotation
from pipeline.extraction.tokens import Token, tokenize

LONGEST_FRAME = 200  # tokens; what follows in a longer sentence becomes a frame of its own


@dataclass(frozen=True, slots=True)
class Frame:
    """One sentence of a paragraph, ``text[start:end]``."""

    text: str  # of the whole article
    start: int
    end: int
    tokens: tuple[Token, ...]
    quotations: tuple[Quotation, ...]  # those of its paragraph; Token.quotation points into them

    def quotation(self, token: Token) -> Quotation:
        """Return the quotation that a token stands for."""
        return self.quotations[token.quotation]

    def inside(self, token: Token) -> tuple[int, int]:
        """Return the span inside the marks of the quotation that a token stands for."""
        quotation = self.quotations[token.quotation]
        return max(quotation.start, token.start), min(quotation.end, token.end)

    def quoted_words(self, token: Token) -> int:
        """Return how many words the quotation of a token has, counted up to 50."""
        start, end = self.inside(token)
        return len(self.text[start : min(end, start + 400)].split(None, 50))

    @property
    def is_bare_quotation(self) -> bool:
        """Whether nothing but quotations and marks stands here."""
        return any(token.quotation >= 0 for token in self.tokens) and not any(token.is_word for token in self.tokens)


def build_frames(text: str, start: int, end: int, quotations: tuple[Quotation, ...]) -> list[Frame]:
    """Return the sentence ``text[start:end]`` as one frame, or as several if it is longer than any sentence."""
    tokens: list[Token] = []
    position = start
    first = bisect_left(quotations, start, key=lambda quotation: quotation.outer_end - 1)
    for index in range(first, len(quotations)):
        quotation = quotations[index]
        if quotation.outer_start >= end:
            break
        begin, finish = max(quotation.outer_start, start), min(quotation.outer_end, end)
        tokens.extend(tokenize(text, position, begin))
        tokens.append(Token(begin, finish, "“”", "“”", index))
        position = finish
    tokens.extend(tokenize(text, position, end))
    chunks = [tuple(tokens[at : at + LONGEST_FRAME]) for at in range(0, len(tokens), LONGEST_FRAME)]
    if len(chunks) == 1:
        return [Frame(text, start, end, chunks[0], quotations)]
    return [Frame(text, chunk[0].start, chunk[-1].end, chunk, quotations) for chunk in chunks]
