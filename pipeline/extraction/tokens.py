"""Words and marks of a text with their exact offsets; a quotation outside which we read is one single token."""

import re
from typing import NamedTuple

# Combining marks are not alphanumeric for `re`, yet belong to the letter before them.
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u200c\u200d"
_TOKEN = re.compile(
    rf"(?:[A-Za-z]\.){{2,}}|(?:Mr|Mrs|Ms|Dr|Gen|Sen|Rep|Gov|Lt|Col|St|Prof|Maj|Capt|Sgt|Adm|Rev|Hon|Jr|Sr|MR|MRS|MS|DR)\.|"
    rf"[^\W\d_]\.(?= ?[^\W\d_])|[^\W_](?:[^\W_]|[{_MARKS}]|[-'’.&/](?=[^\W_])|(?<=\d),(?=\d))*|\S",
)
# "he's", "they've": pronoun and auxiliary are two words to the rules.
_CONTRACTION = re.compile(r"(?:he|she|it|they|we|i|you|who|that|there)'(?:s|ve|d|ll|re|m)")


class Token(NamedTuple):
    """One word, mark or whole quotation: ``text[start:end]``."""

    start: int
    end: int
    text: str
    lower: str
    quotation: int = -1  # index of the quotation that this token stands for

    @property
    def is_word(self) -> bool:
        """Whether this is a word or a number."""
        return self.quotation < 0 and (self.text[0].isalnum() or (len(self.text) > 1 and self.text[0] in "'’"))

    @property
    def is_capital(self) -> bool:
        """Whether this is a word that starts with a capital letter."""
        return self.quotation < 0 and self.text[0].isupper()

    @property
    def is_possessive(self) -> bool:
        """Whether this word ends in a possessive, as in "Norway's"."""
        return self.lower.endswith("'s") and len(self.lower) > len("'s")

    @property
    def base(self) -> str:
        """The word without a possessive ending."""
        return self.text[:-2] if self.is_possessive else self.text


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """Return the words and marks of ``text[start:end]`` in order, with offsets into ``text``."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text, start, end):
        word = match.group()
        lower = word.lower().replace("’", "'")
        if _CONTRACTION.fullmatch(lower):
            cut = lower.index("'")
            tokens.append(Token(match.start(), match.start() + cut, word[:cut], lower[:cut]))
            tokens.append(Token(match.start() + cut, match.end(), word[cut:], lower[cut:]))
        else:
            tokens.append(Token(match.start(), match.end(), word, lower))
    return tokens
