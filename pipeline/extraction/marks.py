"""Quotation marks of one paragraph, and what their neighbours make of them."""

import re
from bisect import bisect_right

_MARK = re.compile("[\"＂“”„‟«»‹›‘’‚‛']")
# Two single marks that stand for a double one are read as a double mark and this filler, so that offsets stay.
FILLER = "\u2060"
SINGLE_MARKS = "‘’‚‛'"
_OPENERS_BEFORE = "([{—–-/:=>"
_NO_OPENER_AFTER = ".,;:!?)]}…"
_ELISION = re.compile(r"['’](?:\d\ds?|tis|twas|em|til|cause|n|bout)\b", re.IGNORECASE)


class Marks:
    """The marks of one paragraph and what their neighbours make of them."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.marks = [match.start() for match in _MARK.finditer(text)]
        self.doubles = [at for at in self.marks if text[at] not in SINGLE_MARKS]
        self.single_closers = [at for at in self.marks if text[at] in SINGLE_MARKS and self.looks_closing(at)]
        self.double_closers = [at for at in self.marks if text[at] in '”»«"' and self.looks_closing(at)]
        self.double_openers = [at for at in self.marks if text[at] in '“„«»"' and self.looks_opening(at)]

    def _before(self, at: int) -> str:
        return self.text[at - 1] if at else " "

    def _after(self, at: int) -> str:
        return self.text[at + 1] if at + 1 < len(self.text) else " "

    def looks_opening(self, at: int) -> bool:
        """Stands after a space or bracket and before a word."""
        before, after = self._before(at), self._after(at)
        starts = before.isspace() or before in _OPENERS_BEFORE or bool(_MARK.match(before))
        return starts and not after.isspace() and after not in _NO_OPENER_AFTER[:-1]

    def looks_closing(self, at: int) -> bool:
        """Stands after a word or stop and not before a word."""
        before, after = self._before(at), self._after(at)
        return not before.isspace() and not after.isalnum()

    def is_apostrophe(self, at: int, *, open_single: bool) -> bool:
        """Whether a single mark stands for letters or a possessive rather than for speech."""
        before, after = self._before(at), self._after(at)
        if before.isalnum() and after.isalnum():
            return True
        if _ELISION.match(self.text, at):
            return True
        if not open_single:
            return not (self.looks_opening(at) and after.isalnum() and self.has_single_closer(at))
        # "the ministers' plan" within single marks: a plural possessive, if another mark can still close.
        follows = self.text[at + 1 : at + 3]
        plural = before == "s" and follows[:1] == " " and follows[1:].islower()
        return plural and self.has_single_closer(at)

    def has_single_closer(self, at: int) -> bool:
        """Whether a later single mark of this paragraph can close."""
        return bisect_right(self.single_closers, at) < len(self.single_closers)

    def opens_next(self, at: int) -> bool:
        """Whether the next double mark opens, or none follows: then this one must close."""
        index = bisect_right(self.doubles, at)
        return index == len(self.doubles) or self.looks_opening(self.doubles[index])

    def closers_exceed_openers(self, at: int) -> bool:
        """Whether enough closing marks follow for a quotation within a quotation that opens at ``at``."""
        closers = len(self.double_closers) - bisect_right(self.double_closers, at)
        openers = len(self.double_openers) - bisect_right(self.double_openers, at)
        return closers >= openers + 2
