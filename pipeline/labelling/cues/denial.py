"""Cues of denial: a claim is rejected as untrue."""

from pipeline.labelling.cues.words import CLAIM, FALSE, GAP, SHORT_GAP
from pipeline.labelling.functions import LabellingFunction
from pipeline.stance import Stance

_DENY = r"\b(?:deny|denies|denied|denying)\b"
_DENIER = (
    r"\b(?:ministry|minister|spokes\w{3,6}|officials?|army|police|government|president|office|embassy|he|she|they|it"
    r"|has|have|had|also)"
)
_THE = r"(?:the|these|those|such|his|her|its|their|all|\w{2,12})"
_SAY = r"(?:say|says|said|written|wrote|write|claims?|claimed|read|reported|heard|told|printed|shows?|has it)\b"
_WHO = r"\b(?:we|i|they|it|he|she|ministry|government|army|police|country|officers?|office|agency)"
_DID = r"never (?!again|seen|been|forget|thought|heard|known|felt)\w{3,15}\b"
_WAS = r"never (?!again|seen|been (?:so|more|closer|higher|better|as)|thought|heard|known|felt)\w{3,15}\b"

DENIAL = (
    LabellingFunction(
        name="denied",
        stance=Stance.DENIAL,
        rule="A report is labelled by what the official is said to do: 'denied' is a denial.",
        cues=(
            rf"{_DENY} (?:that|it|this|them all|any|all|having|being|\w{{2,12}}ing|{_THE} (?:\w{{2,12}} )?{CLAIM})",
            rf"{_DENY} (?:\w{{2,15}} )?(?:responsibility|involvement|wrongdoing)",
            rf"\b(?:categorically|flatly|firmly|completely|strongly|vigorously) {_DENY}",
            rf"{_DENIER} (?:has |have |had )?(?:denied|denies|deny)\b",
        ),
        unless=(
            rf"\bconfirm(?:ed|ing)? (?:n?or|and) {_DENY}",
            rf"{_DENY} (?:them|him|her|us|you|people|women|coverage|fundamental)\b",
            rf"{_DENY} (?:\w{{2,15}} ){{0,4}}(?:access|entry|visas?|permission|requests?|passage|rights|the use)\b",
        ),
    ),
    LabellingFunction(
        name="rejected_a_claim",
        stance=Stance.DENIAL,
        rule="Dismissing a claim or a danger rejects it as untrue: 'he dismissed the danger of war'.",
        cues=(
            r"\b(?:dismiss|reject|rebut|refut|contest|disput|brush|wav|repudiat)(?:e|es|ed|s|ing|ted)?\b"
            + rf"{SHORT_GAP}\b(?:{CLAIM}|danger\b|any truth\b)",
            rf"\b(?:dismiss|reject|describ|call|brush|brand)(?:e|es|ed|s|ing)?\b{GAP}\b(?:as )?(?:an? )?{FALSE}",
        ),
        unless=(r"\b(?:court cases?|criticism)\b",),
    ),
    LabellingFunction(
        name="called_false",
        stance=Stance.DENIAL,
        rule="Something is called untrue: 'baseless', 'that report is invented'.",
        cues=(
            r"(?:\b(?:is|are|was|were|be|as)|'s) "
            + rf"(?:\w{{2,12}}ly |just |all |a |an |pure |sheer |nothing but |in fact )?{FALSE}",
            r"\b(?:untrue|unfounded|groundless|fabrications?)\b",
            rf"\b(?:this|that|the|these|those) {CLAIM}{GAP}\b(?:is|are|was|were) (?:just |simply |all )?wrong\b",
        ),
        unless=(r"\bfalse (?:alarm|start|promises?|step|choice|pretext)\b",),
    ),
    LabellingFunction(
        name="not_true",
        stance=Stance.DENIAL,
        rule="Something is called untrue, in negated words: 'that is not true', 'no truth in it'.",
        cues=(
            r"(?:\bnot|n't|\bnor) (?:\w{2,12}ly |just |at all |even |quite )?"
            + r"(?:true|correct|accurate|the case|what happened)\b",
            r"(?:\b(?:is|was|it's|that's|are|just)(?: just| simply)? not|isn't|wasn't) (?:so|right)\b"
            + r"(?! (?:to|that|and|much|many|long|far|for|now))",
            r"\b(?:no|not a word of|no shred of|not a grain of) "
            + r"(?:truth|basis|foundation|substance) (?:in|to|for|what)\b",
            r"\bnothing to (?:it|this story|that story|the (?:story|claim|rumou?r))\b",
            rf"\b(?:do|does|did) not (?:correspond|match|reflect)\b{SHORT_GAP}\b(?:reality|facts?|truth)\b",
            r"\bnever happened\b|(?:that|it|this) (?:did not|didn't) happen\b",
            rf"\b(?:this|that|the|these|those) {CLAIM}{GAP}(?:\bnot\b|n't|\bnever\b)",
        ),
        unless=(r"\b(?:confirm|comment|discuss|will not|verify)\b",),
        negatable=False,
    ),
    LabellingFunction(
        name="no_such_thing",
        stance=Stance.DENIAL,
        rule="A fact is rejected: 'there are no such troops'.",
        cues=(
            r"\bno such\b(?! (?:thing as|luck|patience|trust|talks))",
            r"\bnothing of the (?:sort|kind)\b|\b(?:does|do|did)(?: not|n't) exist\b",
            r"\bthere (?:was|were|had been|has been|have been) (?:never |simply |absolutely )?"
            + r"(?:no|never|not a|not one|nothing|nobody)\b",
        ),
        unless=(
            r"\bno (?:progress|agreement|word|reply|answer|time|water|food|room|money|doubt|question|casualties)\b",
        ),
        negatable=False,
    ),
    LabellingFunction(
        name="we_never_did",
        stance=Stance.DENIAL,
        rule="Rejecting an act: 'we never planned to invade'.",
        cues=(
            rf"{_WHO} (?:have |has |had |did |'ve )?{_DID}",
            rf"\b(?:we've|i've|they've|he's|she's|it's|has|have|had|was|were) {_WAS}",
        ),
        unless=(r"\b(?:will|would|shall|can|should|must) never\b", r"\bnever (?:forget|again|before)\b"),
        negatable=False,
    ),
    LabellingFunction(
        name="contrary_to",
        stance=Stance.DENIAL,
        rule="The claim that is rejected is in sight: 'contrary to reports', 'whatever has been written'.",
        cues=(
            rf"\bcontrary to (?:\w{{2,12}} ){{0,3}}?(?:{CLAIM}|what|messages?|figures?|media)",
            rf"\b(?:whatever|no matter what) (?:\w{{2,12}} ){{0,4}}?{_SAY}",
            rf"\b(?:not|n't|never|no|nobody)\b{GAP}"
            + r"\bas (?:has been |have been |was |is |some |they |the \w{2,12} |you |\w{2,12} )?"
            + r"(?:claim(?:s|ed)?|alleg(?:es|ed)|written|reported)\b",
        ),
        negatable=False,
    ),
)
