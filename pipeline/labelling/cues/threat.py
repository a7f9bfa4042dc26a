"""Cues of threat: the speaker's own side will, may or stands ready to impose a harm."""

from pipeline.labelling.cues.words import ADVERB, FUTURE, GAP, HARM, HARMED, NO_ONE, SHORT_GAP
from pipeline.labelling.functions import LabellingFunction
from pipeline.stance import Stance

_NO_ONE_WILL = NO_ONE + SHORT_GAP + FUTURE
_WARNED = r"\bwarn(?:ed|s|ing)?\b"
_HARMLESS = r"(?:flying|travel|eating|drinking|using|swimming)"  # what safety advice is about
_FAVOUR = r"(?:licen[cs]es?|posts?|jobs?|seats?|permits?|pensions?|visas?|funding|citizenship)\b"
_PENALTIES = r"(?:sanctions|tariffs|dut(?:y|ies)|countermeasures|restrictive measures|embargo)\b"
_MORE_PENALTIES = r"(?:sanctions|tariffs|countermeasures|(?:further|more) (?:measures|arrests|expulsions))"
_SAID = r"\b(?:said|says|told|vowed|promised|pledged|swore|announced|declared|added)\b"
_WHOEVER = (
    r"\b(?:anyone|anybody|whoever|those who|any \w{2,15} (?:that|who|which|caught|found)|every \w{2,15} (?:that|who))\b"
)

THREAT = (
    LabellingFunction(
        name="threatened_to",
        stance=Stance.THREAT,
        rule="A report is labelled by what the official is said to do: 'she threatened to cut the gas' is a threat.",
        cues=(r"\b\w{2,20} threatened (?:to|that it|that they|\w{2,15} with)\b",),
        unless=(
            r"\b(?:accus\w{1,4}|who|which|that) (?:\w{2,8} )?threatened\b",
            r"\bpolice\b.{0,40}\bthreatened\b",
        ),
    ),
    LabellingFunction(
        name="warned_not_to",
        stance=Stance.THREAT,
        rule="Ruling 6: 'warned <an opponent> not to <act>', and the reporter's 'warned' before one's own harm.",
        cues=(
            rf"{_WARNED} (?:[\w'-]{{1,20}} ){{1,8}}?not to\b",
            rf"{_WARNED} (?:[\w'-]{{1,20}} ){{1,6}}?against (?!{_HARMLESS})\w{{2,15}}ing\b",
            rf"{_WARNED}{GAP}\b(?:it|we|they|he|she) {FUTURE} {ADVERB}{HARM}",
            rf"{_WARNED}{GAP}\b(?:patience|be (?:{HARMED}|fought))",
        ),
        unless=(r"\bnot to (?:touch|drink|eat|swim|lower|travel|approach|go (?:near|out)|leave)\b",),
    ),
    LabellingFunction(
        name="pay_the_price",
        stance=Stance.THREAT,
        rule="Unconditional threat ('they will pay') and announced consequences from a government to its opponent.",
        cues=(
            rf"{FUTURE} {ADVERB}pay (?:dearly|for (?:it|this|that|what)|a (?:\w{{4,8}} )?price|the price)",
            r"\b(?:made|make (?:them|him|her|you|it)) (?:to )?(?:pay|regret|answer for)\b",
            rf"{FUTURE} {ADVERB}(?:regret|rue|answer for)\b",
            r"\bface (?:the |\w{4,10} )?consequences\b",
            r"\bat (?:their|his|its|your) own (?:risk|peril|cost)\b",
        ),
    ),
    LabellingFunction(
        name="veiled",
        stance=Stance.THREAT,
        rule="Veiled threats: rights reserved, options on the table, nothing left unanswered.",
        cues=(
            r"\breserv(?:e|es|ed|ing) (?:the|its|our|their|his|her|every) rights?\b(?! holder)",
            rf"\b(?:all|every) options?\b{SHORT_GAP}\bon the table\b",
            r"\bno option is off the table\b",
            r"\b(?:rule|rules|ruled|ruling) (?:nothing out|out nothing)\b",
            r"\b(?:go|be left|leave (?:this|it|that)|remain|pass) (?:unanswered|unpunished)\b",
            r"\b(?:go|leave (?:this|it|that)|pass) without (?:a |an )?(?:response|answer)\b",
            rf"{FUTURE} (?:get|have|receive) (?:its|an|our) (?:\w{{2,12}} )?(?:answer|response|reply)\b",
            r"\b(?:we|i|they|she|he)(?:'ll| will| would) retaliate\b",
        ),
        negatable=False,
    ),
    LabellingFunction(
        name="will_be_harmed",
        stance=Stance.THREAT,
        rule="Future harm in the speaker's hands: 'any ship that enters will be boarded'.",
        cues=(
            rf"{FUTURE} {ADVERB}be {ADVERB}{HARMED}",
            rf"{FUTURE} {ADVERB}lose (?:its|their|his|her|your) {_FAVOUR}",
        ),
        unless=(_NO_ONE_WILL,),
    ),
    LabellingFunction(
        name="we_will_harm",
        stance=Stance.THREAT,
        rule="A commissive: the speaker's own side will impose the harm.",
        cues=(
            rf"\b(?:we|i|my (?:government|country|ministry))(?: |(?='))(?:{FUTURE}) {ADVERB}{HARM}",
            rf"\bour (?:\w{{2,12}} )?\w{{2,12}} (?:{FUTURE}) {ADVERB}{HARM}",
            r"\b(?:we're|we are|i'm|i am) (?:coming|going) (?:for|after)\b",
        ),
        unless=(r"\bwill (?:defend|answer) (?:your|the|any|all|these|those) (?:questions?|rights?|values?)\b",),
    ),
    LabellingFunction(
        name="said_it_would_harm",
        stance=Stance.THREAT,
        rule="A reported commissive: the named speaker's side would impose the harm.",
        cues=(
            rf"{_SAID}{GAP}\b(?:it|they|he|she|(?:his|its|her|their) \w{{2,12}}) would {ADVERB}{HARM}",
            rf"\b(?:vowed|vows|swore) to {ADVERB}{HARM}",
        ),
        unless=(_NO_ONE_WILL,),
    ),
    LabellingFunction(
        name="whoever_will",
        stance=Stance.THREAT,
        rule="Conditional harm, on one's own public too (ruling 1): 'whoever ...', 'the next one that ...'.",
        cues=(
            rf"{_WHOEVER}{GAP}{FUTURE} (?:be {ADVERB}{HARMED}|(?:lose|pay|face|find|hear|answer|spend|go to)\b)",
            rf"{_WHOEVER}{GAP}\b(?:goes to|loses|pays)\b",
            r"\bthe next (?:[\w'-]{1,20} ){1,5}?(?:that|who|to|which)\b"
            + GAP
            + r"\b(?:will|gets|goes|comes|loses|finds)\b",
        ),
        unless=(_NO_ONE_WILL,),
    ),
    LabellingFunction(
        name="they_will_find_out",
        stance=Stance.THREAT,
        rule="Veiled threat: what awaits the other side is left to its imagination.",
        cues=(
            rf"{FUTURE} {ADVERB}(?:find out|learn|discover|hear (?:from|our)|feel (?:it|our))\b",
            r"\b(?:they|those \w{2,12}|you|he) should (?:know|think (?:twice|again)|remember)\b",
            r"\bthink twice\b",
            r"\bwe know where\b",
        ),
        unless=(r"\b(?:more|facts|lessons?|results?)\b",),
    ),
    LabellingFunction(
        name="more_sanctions",
        stance=Stance.THREAT,
        rule="Rulings 10 and 12: sanctions that will be imposed, are being prepared or agreed.",
        cues=(
            rf"{FUTURE} (?:\w{{2,12}} )?(?:impose|introduce|put|slap|respond|apply|add|continue|move|face|be)\b"
            rf"{SHORT_GAP}\b{_PENALTIES}",
            rf"\b{_MORE_PENALTIES} (?:will follow|would follow|are on the way|are being prepared|are ready)\b",
        ),
        unless=(r"\b(?:lift|eas|drop|remov|waiv|reliev|hurt)\w{0,4}\b", r"\bsanctions relief\b"),
    ),
)
