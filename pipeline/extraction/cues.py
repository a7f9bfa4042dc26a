"""The verbs and nouns of saying, with all their forms, and what each may stand beside.

The lists were chosen by reading which words introduce attributions in news text; forms are derived from the lemma.
"""

from dataclasses import dataclass
from functools import cache

from pipeline.extraction.words import word_set


@dataclass(frozen=True, slots=True)
class Cue:
    """One form of a verb of saying."""

    lemma: str
    form: str  # "base", "s", "ed" (past or participle) or "ing"
    parenthetical: bool  # may follow what is said: "..., she said"
    addressee: bool  # takes a hearer before what is said: "told the council that"
    particles: tuple[str, ...]  # one of these must follow: "called on", "ruled out"; empty: none needed
    nominal: bool  # base and -s forms are more often nouns: "claims", "reports"


_PARENTHETICAL = """
    say add admit affirm agree allege announce answer argue assert boast caution charge claim
    clarify comment complain concede conclude confess confirm contend continue counter cry declare
    disclose emphasize emphasise estimate explain forecast insist interject joke lament maintain
    mention note observe opine pledge plead predict proclaim promise pronounce quip reason recall
    recount reiterate remark repeat reply report respond retort reveal shout state stress suggest
    testify threaten tweet underline underscore vow warn whisper write yell acknowledge advise
    elaborate quote speculate hint signal swear ask wonder post stipulate fume muse recommend assure
"""
_ADDRESSEE = "tell remind assure inform warn advise notify promise ask"
_OBJECT = """
    accuse applaud appeal attack blame blast call challenge chide cite criticize criticise condemn
    congratulate decry defend demand denounce deny deplore deride describe dismiss dispute disavow
    discuss downplay echo endorse express hail highlight invite laud lambast lambaste mock offer
    outline praise propose question rebuff rebuke refute reject request rip salute slam thank tout
    urge voice welcome reaffirm renounce apologize apologise protest rule speak talk refer point hit
    lash caution label exhort implore encourage instruct order advocate assail bemoan characterize
    characterise commend liken oppose commit address appeal brand ridicule scold castigate berate
    disclose imply indicate argue vouch greet pronounce read object regret make undertake
"""
_PARTICLES = {
    "call": ("on", "upon", "for", "*"),
    "rule": ("out",),
    "speak": ("of", "out", "about", "against"),
    "talk": ("about", "of"),
    "refer": ("to",),
    "point": ("to", "out"),
    "hit": ("back", "out"),
    "lash": ("out",),
    "appeal": ("for", "to"),
    "commit": ("to",),
    "make": ("clear",),
    "order": ("that",),
    "read": (":", ","),
    "quote": ("as",),
    "object": ("to", "that"),
    "oppose": ("that",),
    "address": ("that",),
    "attack": ("*",),
    "repeat": ("*",),
    "continue": (":", ",", "."),
}
_NOMINAL = word_set(
    """
    claim report note call demand comment charge promise pledge vow threat state request question
    praise offer attack blast challenge post tweet forecast estimate answer reply joke cry remark
    address quote express stress object order mention reason signal appeal protest voice label brand
    slam hint swear highlight invite plead wonder
    """
)
_IRREGULAR = {
    "make": ("makes", "made", "made", "making"),
    "undertake": ("undertakes", "undertook", "undertaken", "undertaking"),
    "say": ("says", "said", "said", "saying"),
    "tell": ("tells", "told", "told", "telling"),
    "write": ("writes", "wrote", "written", "writing"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "swear": ("swears", "swore", "sworn", "swearing"),
    "read": ("reads", "read", "read", "reading"),
    "hit": ("hits", "hit", "hit", "hitting"),
    "quip": ("quips", "quipped", "quipped", "quipping"),
    "rip": ("rips", "ripped", "ripped", "ripping"),
    "slam": ("slams", "slammed", "slammed", "slamming"),
    "rebut": ("rebuts", "rebutted", "rebutted", "rebutting"),
    "commit": ("commits", "committed", "committed", "committing"),
    "refer": ("refers", "referred", "referred", "referring"),
    "admit": ("admits", "admitted", "admitted", "admitting"),
    "plead": ("pleads", "pleaded", "pleaded", "pleading"),
    "forecast": ("forecasts", "forecast", "forecast", "forecasting"),
    "regret": ("regrets", "regretted", "regretted", "regretting"),
}
# Forms that are no past tense, so that they need "has" or "had".
PAST_PARTICIPLES = frozenset({"written", "spoken", "sworn", "undertaken"})
# Nouns of saying that stand behind the speaker's possessive: "her warning that", "Norway's call for".
CUE_NOUNS = word_set(
    """
    statement claim warning threat call demand denial promise pledge suggestion assertion allegation
    accusation announcement vow appeal insistence contention declaration assurance complaint remark
    comment argument prediction
    """
)
NOUN_COMPLEMENTS = word_set("that to for of")
# Words before "that" or a quotation that stand for speech although they are no verb: "in a statement that".
STATEMENT_NOUNS = word_set(
    """
    statement interview speech address letter tweet post message briefing conference email
    """
)


@cache
def cue_forms() -> dict[str, Cue]:
    """Return every form of every verb of saying."""
    parenthetical = set(_PARENTHETICAL.split())
    addressee = set(_ADDRESSEE.split())
    forms: dict[str, Cue] = {}
    for lemma in sorted(parenthetical | addressee | set(_OBJECT.split())):
        for form, word in _inflect(lemma):
            cue = Cue(
                lemma,
                form,
                lemma in parenthetical or lemma == "tell",
                lemma in addressee,
                _PARTICLES.get(lemma, ()),
                lemma in _NOMINAL,
            )
            forms.setdefault(word, cue)
            if form == "ed":
                forms[word] = cue
    return forms


def _inflect(lemma: str) -> list[tuple[str, str]]:
    if lemma in _IRREGULAR:
        third, past, participle, gerund = _IRREGULAR[lemma]
        return [("base", lemma), ("s", third), ("ed", past), ("ed", participle), ("ing", gerund)]
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return [("base", lemma), ("s", lemma[:-1] + "ies"), ("ed", lemma[:-1] + "ied"), ("ing", lemma + "ing")]
    if lemma.endswith("e"):
        return [("base", lemma), ("s", lemma + "s"), ("ed", lemma + "d"), ("ing", lemma[:-1] + "ing")]
    third = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x")) else "s")
    return [("base", lemma), ("s", third), ("ed", lemma + "ed"), ("ing", lemma + "ing")]
