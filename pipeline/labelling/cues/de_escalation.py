"""Cues of de-escalation: the speaker lowers the tension or tries to."""

from pipeline.labelling.cues.words import CAPTIVES, FORCES, FUTURE, GAP, SHORT_GAP, SIDES, TALKS, TRUCE
from pipeline.labelling.functions import LabellingFunction
from pipeline.stance import Stance

_ASK = (
    r"\b(?:urg(?:e|es|ed|ing)|call(?:s|ed|ing)? (?:on|upon|for)|appeal(?:s|ed|ing)?|ask(?:s|ed|ing)?|beg(?:s|ged)?"
    r"|plead(?:s|ed|ing)?|invit(?:e|es|ed|ing)|propos(?:e|es|ed|ing)|encourag(?:e|es|ed|ing))\b"
)
_NOT_MEANT = (
    r"\b(?:refus\w{1,4}|ruled out|reject\w{0,3}|turned down|declined|threaten\w{0,3}|collaps\w{1,4}|unless|why)\b",
    r"\bor (?:we|else|face|be)\b",
)
_GO_BACK = r"\b(?:return|go|come|get|going|coming)"
_TABLE = rf"(?:the |this )?(?:negotiating )?(?:table|{TALKS})\b"
_ACCOMMODATE = (
    rf"(?:{TALKS}|{TRUCE}|(?:sit|meet|compromise|listen|lift|look again|receive|mediate|withdraw|pull back|settle)\b)"
)
_OFFER = r"\b(?:offer(?:s|ed|ing)?|propos(?:e|es|ed|ing)|accept(?:s|ed|ing)?)\b"
_MAKE = r"\b(?:announc|declar|agree|propos|offer|accept|sign|extend|observ|respect)(?:e|es|ed|s|d|ing)?\b"
_LET_GO = r"(?:releas(?:e|ed|ing)|free|freed|let go|hand back|hand over|pardon(?:ed)?)\b"
_LET_GO_BY = rf"(?:{FUTURE}|\b(?:agreed to|offered to|decided to|ready to|should|must|let us|we|has|have)\b)"
_WENT_FREE = r"(?:be (?:released|freed|allowed home|handed back|sent home)|go home|go free|fly home)\b"
_LIFT = (
    r"\b(?:lift|ease|suspend|drop|waive|call off|called off|calling off|put off|hold off|take back|took back|withdraw"
    r"|reopen|relax)(?:s|ed|ing|ped|ping)?\b"
)
_BURDEN = (
    r"(?:sanctions|tariffs?|dut(?:y|ies)|blockade|strikes?|charges|ban|embargo|road ?blocks?|restrictions|evictions?"
    r"|decree|curfew|crossings?|border|protests?|barricades|fines|siege|candidacy)\b"
)
_LIFTED = r"(?:lifted|eased|suspended|dropped|waived|called off|withdrawn|on hold|comes? off)\b"
_COOL = r"\b(?:bring|lower|reduce|ease|defuse|cool|calm|lowering|reducing|easing|defusing|calming|cooling|bringing)\b"

DE_ESCALATION = (
    LabellingFunction(
        name="urged_calm",
        stance=Stance.DE_ESCALATION,
        rule="Calls for restraint, calm, a ceasefire, dialogue.",
        cues=(
            rf"{_ASK}{GAP}\b(?:calm|restraint|moderation|cool heads|dialogue|peaceful(?:ly)?|stand down)\b",
            rf"{_ASK}{GAP}\b(?:{TRUCE}|de-escalat\w{{1,4}}\b)",
            r"\b(?:show|exercise|exercising|showing|utmost|maximum) (?:\w{3,10} )?(?:restraint|moderation|calm)\b",
            r"\b(?:stay|keep|remain) calm\b",
        ),
        unless=(*_NOT_MEANT, r"\bhow to\b"),
    ),
    LabellingFunction(
        name="urged_both_sides",
        stance=Stance.DE_ESCALATION,
        rule="An appeal to both sides of a conflict: 'we urge both armies to hold their fire'.",
        cues=(
            rf"{_ASK}{SHORT_GAP}\b(?:both|the two|all|either) (?:of (?:them|you|us)|{SIDES})",
            rf"\b(?:both|the two|either|each) (?:of (?:you|them|us)|{SIDES}){SHORT_GAP}"
            + r"\b(?:should|must|need to|ought to|to (?:stop|hold|keep|pull|sit|return|show|stay|go back|talk|step))\b",
        ),
        unless=_NOT_MEANT,
    ),
    LabellingFunction(
        name="ready_to_talk",
        stance=Stance.DE_ESCALATION,
        rule="Offers or accepts talks, mediation or compromise.",
        cues=(
            rf"\b(?:ready|willing|prepared|open|happy|glad) (?:to|for) (?:\w{{1,12}} ){{0,4}}?{_ACCOMMODATE}",
            rf"{_OFFER}{SHORT_GAP}\b(?:{TALKS}|mediat\w{{1,4}}|arbit\w{{2,7}})",
            r"\b(?:door|table|channels?) (?:is|are|remains?|stays?|was) (?:still |always |wide )?open\b",
            r"\bgood offices\b|\bhost (?:the )?(?:peace )?talks\b",
        ),
        unless=_NOT_MEANT,
    ),
    LabellingFunction(
        name="back_to_the_table",
        stance=Stance.DE_ESCALATION,
        rule="A step toward calm is asked for or taken: 'let us sit down'.",
        cues=(
            r"\blet(?:'s| us) (?:\w{2,10} ){0,2}?(?:sit down|talk|negotiate|stop|settle|end)\b",
            r"\bsit(?:ting)? down (?:with|together|and|to|tonight|tomorrow|again)\b",
            rf"{_GO_BACK} (?:back )?to {_TABLE}",
            rf"\bback (?:to|at) {_TABLE}",
        ),
        unless=(*_NOT_MEANT, r"\btalk about\b"),
    ),
    LabellingFunction(
        name="hold_fire",
        stance=Stance.DE_ESCALATION,
        rule="A truce, or ruling 9: a demand that the fighting stop, with no consequence attached.",
        cues=(
            rf"{_MAKE}{SHORT_GAP}\b{TRUCE}",
            rf"\b(?:immediate|humanitarian|lasting|unconditional|permanent) {TRUCE}",
            r"\b(?:hold|cease|holding) (?:(?:our|their|its|your|his|all) )?fire\b",
            r"\b(?:lay|put|laying|putting) (?:down )?(?:(?:our|their|its|your|the) )?(?:arms|weapons|guns|rifles)\b",
            r"\b(?:stop|end|halt|cease) (?:all |the |this |these |its )?"
            + r"(?:shooting|firing|fighting|shelling|hostilities|violence)\b",
            r"\bguns (?:should |must |to )?(?:fall|go|stay|be) (?:silent|quiet)\b",
        ),
        unless=(*_NOT_MEANT, r"\b(?:violat\w{1,4}|broke|broken|could|instead of)\b"),
    ),
    LabellingFunction(
        name="release",
        stance=Stance.DE_ESCALATION,
        rule="The release of captives, a pardon.",
        cues=(
            rf"{_LET_GO_BY} (?:\w{{2,12}} )?{_LET_GO}{SHORT_GAP}\b{CAPTIVES}",
            rf"\brelease of\b{SHORT_GAP}\b{CAPTIVES}",
            rf"\b{CAPTIVES}{SHORT_GAP}\b(?:will|should|must|would|to) {_WENT_FREE}",
            r"\b(?:amnesty|clemency)\b",
        ),
        unless=_NOT_MEANT,
    ),
    LabellingFunction(
        name="pull_back",
        stance=Stance.DE_ESCALATION,
        rule="Announces or asks for a withdrawal.",
        cues=(
            rf"\b(?:withdraw|withdrawing|pull|pulling|move|moving|draw) (?:\w{{2,12}} ){{0,3}}?{FORCES}"
            + r" (?:\w{2,12} ){0,2}?(?:back|out of|off|away|from)\b",
            rf"\b{FORCES} (?:are |is |will |would |to )?(?:pull(?:ing)? (?:back|out)|moving back|hold back)\b",
            rf"\b{FORCES} (?:are |is |will |would |to )?(?:stand(?:ing)? down|go(?:ing)? back to (?:barracks|camp))\b",
            r"\b(?:must|should|to|will|we) (?:pull|step|stand) back\b",
        ),
        unless=(*_NOT_MEANT, r"\b(?:up from|would invite|instead of)\b"),
    ),
    LabellingFunction(
        name="lift_measures",
        stance=Stance.DE_ESCALATION,
        rule="Easing of sanctions or another conciliatory step.",
        cues=(rf"{_LIFT}{SHORT_GAP}\b{_BURDEN}", rf"\b{_BURDEN}{SHORT_GAP}\b{_LIFTED}"),
        unless=(*_NOT_MEANT, r"\b(?:until|only (?:if|when))\b"),
    ),
    LabellingFunction(
        name="no_war_wanted",
        stance=Stance.DE_ESCALATION,
        rule="Says that one's own side seeks peace rather than a fight, or a settlement by words.",
        cues=(
            r"(?:\bnot|n't|\bno|\bnever|\bnor) (?:want|seek|seeking|wish|wish for|looking for|interested in|after) "
            + r"(?:\w{1,12} ){0,3}?(?:war|fight|conflict|confrontation|quarrel|clash|feud)\b",
            r"\bnot at war with\b|\bno winners? in\b|\bno reason to (?:fight|quarrel)\b|\bno quarrel with\b",
            r"\b(?:we|i) (?:want|choose|prefer) peace\b",
            r"\b(?:peaceful|negotiated|amicable) (?:means|settlement|solution|resolution|way|outcome)\b",
            rf"\b(?:settle|settled|resolve|resolved|solved)\b{GAP}"
            + rf"\b(?:peacefully|by talk\w{{0,3}}|at the table|in one room|through (?:\w{{2,12}} )?{TALKS})",
        ),
        unless=(*_NOT_MEANT, r"\bbut (?:that )?(?:we|i) will\b"),
        negatable=False,
    ),
    LabellingFunction(
        name="lower_the_temperature",
        stance=Stance.DE_ESCALATION,
        rule="Lowers the tension in so many words.",
        cues=(
            rf"{_COOL}{SHORT_GAP}\b(?:temperature|tensions?|voices?|rhetoric|tempers|calm|things|crisis|row|quarrel)\b",
            r"\b(?:to|we|must|should) de-?escalate\b",
            r"\bcalm (?:restored|has to|to return)\b",
            r"\bgesture of\b|\bas a gesture\b|\b(?:as )?a first step\b",
        ),
        unless=_NOT_MEANT,
    ),
)
