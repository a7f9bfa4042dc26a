"""Cues of warning: a danger ahead that is not the speaker's own doing."""

from pipeline.labelling.cues.words import ADVERB, FUTURE, GAP, HARM, HARMED, HAZARD, OWN_FUTURE, SHORT_GAP, TROUBLE
from pipeline.labelling.functions import LabellingFunction
from pipeline.stance import Stance

_MAY = (
    r"(?:\b(?:could|may|might|will|would|(?:is|are|was|were) (?:now )?going to)\b"
    r"|'(?:ll|d|(?:re|s) (?:now )?going to)\b)"
)
_OWN_HARM = rf"\b(?:we|it|they|i)(?: |(?='))(?:{FUTURE}) {ADVERB}{HARM}"
_HARMED = rf"{FUTURE} be {ADVERB}{HARMED}"
_PEOPLE = (
    r"(?:people|children|families|patients|villages?|towns?|civilians|farms?|firms|workers|residents|herds|hospitals?"
    r"|harvest|crops|homes|houses|wells?|taps?)\b"
)
_LOSS_OF_FAVOUR = r"\blose (?:its|their|his|her) (?:licen[cs]es?|seats?|posts?|papers|market|dollars?|road)\b"
_NEEDS = r"(?:fuel|water|food|oxygen|air|diesel|flour|medicine)"
_SPAN = r"(?:days?|weeks?|hours?|nights?)"
_FEAR = r"\b(?:fears?|feared|afraid|dread|worr(?:y|ies|ied)|alarmed|concern|concerned)\b"
_COMING = r"(?:will|could|may|might|is coming|are coming|is on its way|looms?|within)\b"
_SEASON = r"by (?:the end|next|spring|summer|autumn|winter)\b"

WARNING = (
    LabellingFunction(
        name="danger_named",
        stance=Stance.WARNING,
        rule="An alert to a danger that is named: 'warned of <a danger>', 'a serious risk that ...'.",
        cues=(
            rf"\bwarn(?:s|ed|ing)? (?:of|about)\b{GAP}\b(?:{HAZARD}|(?:risk|danger|attacks?|war|crisis|more|new)\b)",
            rf"\b(?:warn(?:s|ed|ing)?|cautioned)\b{GAP}\b(?:{HAZARD}|(?:could|might|may|risk\w{{0,3}}|danger\w{{0,3}})\b)",
            r"\b(?:risks?|danger) (?:of|that|losing|ahead)\b",
            r"\b(?:serious|real|grave|growing|great|immediate) (?:risk|danger)\b",
            r"\brisk(?:s|ing)? (?:a|an|\w{2,12}ing)\b",
        ),
        unless=(
            _OWN_HARM,
            r"\bearly warning\b|\bown risk\b|\b(?:dismiss\w{0,3}|waved away|reduce|minimi[sz]e|assess)\b",
        ),
    ),
    LabellingFunction(
        name="likely_to",
        stance=Stance.WARNING,
        rule="A prediction of something bad.",
        cues=(
            r"\b(?:are|is|was|were|most|more|very|quite) likely to\b|\bbound to\b",
            r"\blikely to (?:die|fail|collapse|turn|spread|end|reach|go|be hit)\b",
            r"\bsooner or later\b|\bonly a (?:matter|question) of (?:time|days|weeks|hours|months)\b",
        ),
        unless=(r"\b(?:win|announce|be (?:approved|signed|held)|visit|vote|increase in)\b", OWN_FUTURE),
    ),
    LabellingFunction(
        name="trouble_ahead",
        stance=Stance.WARNING,
        rule="A bad event is possible or coming, and nobody on the speaker's side brings it about.",
        cues=(
            rf"{_MAY} {ADVERB}(?:\w{{2,12}} )?{TROUBLE}",
            rf"\b{_PEOPLE}{SHORT_GAP}{_MAY} {ADVERB}(?:be )?(?:hungry|at risk|killed|left)\b",
            r"\b(?:nothing|no one|nobody) (?:left )?to (?:eat|drink)\b",
        ),
        unless=(_OWN_HARM, _HARMED, _LOSS_OF_FAVOUR, OWN_FUTURE, r"\bwhoever\b|\bany \w{2,12} (?:who|that)\b"),
    ),
    LabellingFunction(
        name="afraid_that",
        stance=Stance.WARNING,
        rule="Grave concern that names a danger ahead.",
        cues=(
            rf"{_FEAR}{GAP}\b(?:could|may|might|will|would|going to|drift\w{{0,3}}|slid\w{{1,3}})\b",
            r"\b(?:we|i|they|officials|experts) (?:fear|fears|feared|dread)\b",
        ),
        unless=(r"\b(?:do not|don't|didn't|without|nothing to) fear\b", OWN_FUTURE),
    ),
    LabellingFunction(
        name="hazard_ahead",
        stance=Stance.WARNING,
        rule="A named hazard with a date or a condition.",
        cues=(
            rf"\b{HAZARD} (?:\w{{2,12}} )?(?:{_COMING}|{_SEASON})",
            rf"{_MAY} (?:\w{{1,12}} ){{0,4}}?{HAZARD}",
            rf"\b(?:imminent|looming|approaching) {HAZARD}",
        ),
        unless=(
            _OWN_HARM,
            OWN_FUTURE,
            r"\b(?:condemn\w{0,3}|no (?:further|more)|halt|stop|avoid|prevent\w{0,3}|end|must|help|contain)\b",
        ),
    ),
    LabellingFunction(
        name="running_out",
        stance=Stance.WARNING,
        rule="'Within days the hospitals will run out', and escalation by itself.",
        cues=(
            rf"\b{_SPAN} (?:worth )?of {_NEEDS}\b",
            rf"\b{_NEEDS} (?:left )?for (?:about |only )?\w{{2,10}} {_SPAN}\b",
            rf"{_MAY} (?:\w{{2,12}} )?run (?:out|dry)\b|\b(?:runs|is running|are running) (?:out|dry)\b",
            r"\bspiral\w{0,4}\b|\bout of control\b|\bbrink of\b|\bpowder keg\b|\bpoint of no return\b",
            r"\bif (?:this|the \w{2,12}) goes on\b|\bif this continues\b|\bat this rate\b|\bif nothing is done\b",
        ),
        unless=(
            OWN_FUTURE,
            r"\b(?:patience|talks|each member|denied)\b",
            r"\btime (?:is|has|was) (?:run|running) out\b",
        ),
    ),
)
