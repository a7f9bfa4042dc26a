"""The cues of the codebook, one file for each stance."""

from pipeline.labelling.cues.de_escalation import DE_ESCALATION
from pipeline.labelling.cues.denial import DENIAL
from pipeline.labelling.cues.other import OTHER
from pipeline.labelling.cues.threat import THREAT
from pipeline.labelling.cues.warning import WARNING
from pipeline.labelling.functions import LabellingFunction

FUNCTIONS: tuple[LabellingFunction, ...] = (*THREAT, *DENIAL, *DE_ESCALATION, *WARNING, *OTHER)
