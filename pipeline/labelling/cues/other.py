"""Cues of other: none of the four acts.

Most of these abstain as soon as the text looks ahead, appeals or denies, because then another act may be there.
"""

from pipeline.labelling.functions import LabellingFunction
from pipeline.stance import Stance

_LOOKS_AHEAD = r"\b(?:will|would|shall|going to|could|may|might|if|unless|until|let)\b|'ll\b"
_DENIES = r"\b(?:not|never|no|none|nobody|neither|nor|nothing|false|story|whatever|contrary|claims?|claimed)\b|n't\b"
_CALMS = (
    r"\b(?:both|calm|fire|ceasefire|truce|talks?|offered|agreed|release\w?|freed?|withdraw\w{0,3}|peace\w{0,3}|table"
    r"|sides?|urge\w?|settle\w{0,4}|restraint|stop|back)\b"
)
_ALERTS = r"\b(?:warn\w{0,3}|risk\w?|danger\w{0,3}|threat\w{0,6}|expect|before|or)\b"
_JOIN = r"(?:sign|talk|meet|negotiate|hand|accept|recogni[sz]e|take|join|attend|discuss|resign|agree)\b"
_OFFER = (
    r"(?:talks?|invitation|offer|proposal|plan|deal|negotiations?|discussion|meeting|compromise|coalition|request)\b"
)
_TAKEN = (
    r"(?:recalled|expelled|arrested|imposed|approved|appointed|adopted|signed|bought|paid|elected|sent|raised|shut"
    r"|seized|spent|received|asked|invited|given|built|chosen|named|opened|closed|launched|introduced)\b"
)

OTHER = (
    LabellingFunction(
        name="no_comment",
        stance=Stance.OTHER,
        rule="Declining to comment, to confirm or to deny.",
        cues=(
            r"\bno comment\b|\bdeclin(?:e|ed|es|ing) to (?:comment|say|confirm|discuss|speculate|name|answer)\b",
            r"(?:\bnot|n't) (?:going to |be |want to )?(?:comment|be drawn|speculate|drawn)\b",
            r"\bconfirm(?:ed|ing)? (?:n?or|and) (?:deny|denied|denying)\b",
            r"\brefused to (?:comment|say|answer)\b",
        ),
        negatable=False,
    ),
    LabellingFunction(
        name="condemned",
        stance=Stance.OTHER,
        rule="Condemnation and accusation without a threat.",
        cues=(
            r"\b(?:condemn(?:s|ed|ing)?|deplor(?:e|es|ed)|accus(?:e|es|ed|ing)|regrets? that|blam(?:e|es|ed|ing))\b",
        ),
        unless=(_LOOKS_AHEAD, _ALERTS, r"\b(?:deny|denied|denies|false|not|urge\w?|call\w{0,3} (?:on|for))\b"),
    ),
    LabellingFunction(
        name="thanked_or_mourned",
        stance=Stance.OTHER,
        rule="Praise, thanks, congratulation and condolence.",
        cues=(
            r"\b(?:thank(?:s|ed|ful|ing)?|grateful|congratulat\w{1,5}|condolences?|tribute|prais(?:e|es|ed|ing))\b",
            r"\b(?:proud|honou?red|pleas(?:ed|ure)|mourn\w{0,3})\b",
        ),
        unless=(_LOOKS_AHEAD, r"\b(?:urge\w?|ask|not|both)\b"),
    ),
    LabellingFunction(
        name="refused",
        stance=Stance.OTHER,
        rule="Ruling 2: refusing to sign, agree or talk.",
        cues=(
            rf"\brefus(?:e|es|ed|ing) to {_JOIN}",
            rf"\b(?:rul(?:e|es|ed|ing) out|turned down|rejected) (?:\w{{1,12}} ){{0,3}}?{_OFFER}",
            r"\b(?:will|would|shall) not (?:\w{2,12} )?"
            + r"(?:sign|negotiate|attend|recogni[sz]e|take part|vote for|resign|accept|agree)\b",
        ),
        negatable=False,
    ),
    LabellingFunction(
        name="opinion",
        stance=Stance.OTHER,
        rule="Opinions, introduced as such.",
        cues=(r"\b(?:i think|i believe|we believe|we think|in (?:my|our) view|it is important|i hope|i would say)\b",),
        unless=(_LOOKS_AHEAD, _DENIES, _CALMS, _ALERTS),
    ),
    LabellingFunction(
        name="demanded",
        stance=Stance.OTHER,
        rule="Demands and policy without a consequence.",
        cues=(r"\b(?:must|should|ought to|needs? to|has to|have to|demand(?:s|ed)?|insist(?:s|ed)?)\b",),
        unless=(_LOOKS_AHEAD, _DENIES, _CALMS, _ALERTS, r"\bshould know\b|^should\b"),
    ),
    LabellingFunction(
        name="already_done",
        stance=Stance.OTHER,
        rule="Measures already taken and merely announced (ruling 10: 'were imposed'), and figures.",
        cues=(
            rf"\b(?:has|have|had|was|were) (?:already |been |since ){{0,2}}{_TAKEN}",
            r"\b(?:rose|fell|grew|increased|was up|were up|has risen|have risen) (?:by|to|from|\d)",
            r"\b(?:met|spoke|visited) (?:with|to|the) (?:\w{2,12} ){1,4}(?:on|in|at|yesterday|today|earlier|last)\b",
        ),
        unless=(_LOOKS_AHEAD, _DENIES, _CALMS, _ALERTS),
    ),
)
