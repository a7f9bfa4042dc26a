"""Common nouns that stand for somebody who can speak: offices, persons, bodies."""

from pipeline.extraction.words import word_set

ROLE_NOUNS = word_set(
    """
    minister president vice-president secretary secretary-general undersecretary adviser advisor
    spokesman spokeswoman spokesperson ambassador envoy chief head leader chair chairman chairwoman
    chairperson director commander mayor governor official diplomat general colonel major captain
    admiral marshal lieutenant sergeant brigadier chancellor premier king queen prince princess emir
    sheikh sultan pope cardinal archbishop bishop imam ayatollah speaker senator congressman
    congresswoman representative deputy lawmaker legislator councillor councilor member commissioner
    prosecutor attorney lawyer judge justice magistrate inspector superintendent officer detective
    coordinator delegate negotiator consul attache observer monitor economist analyst expert
    professor doctor scientist researcher engineer manager executive founder owner boss editor
    reporter journalist correspondent author host anchor candidate nominee strategist aide counsel
    organizer organiser activist campaigner worker driver farmer resident witness neighbour neighbor
    student teacher nurse survivor victim relative mother father brother sister son daughter wife
    husband man woman boy girl captain pilot sailor soldier fighter rebel warlord administrator
    treasurer controller auditor ombudsman rapporteur mediator chairmen pollster pastor rabbi priest
    columnist historian publisher producer trader broker banker investor partner vice-chairman
    vice-chair understudy shopkeeper baker fisherman skipper harbourmaster archivist clerk registrar
    usher stewardess steward porter guard warden ranger dean rector provost principal headteacher
    secretaries-general source governess veteran passenger voter supporter critic opponent
    intermediary interpreter translator commandant envoys counsellor counselor defendant plaintiff
    accused tenant landlord
    """
)
ROLE_MODIFIERS = word_set(
    """
    deputy foreign prime defence defense vice first second interior finance justice economy economic
    energy health trade labour labor national security senior chief acting interim special permanent
    executive managing general assistant press state home cabinet regional opposition junior former
    ex-president outgoing incoming provincial local district federal transport agriculture
    environment education culture tourism development planning european external internal affairs
    political military naval air army police emergency emergencies fire border customs port harbour
    water fisheries mining oil gas industry commerce social public private principal parliamentary
    party majority minority house senate presidential ministerial diplomatic legal medical
    scientific technical humanitarian field station mission high top veteran retired elected county
    city town village union campaign research policy communications media information digital
    nuclear climate peace war co armed ground rear lead joint chairman lieutenant major brigadier
    colonel staff attorney solicitor junior independent republican democratic liberal conservative
    socialist labour green
    """
)
BODY_NOUNS = word_set(
    """
    ministry government army navy air-force force forces police council court commission committee
    agency bank office department bureau embassy consulate mission delegation parliament senate
    congress assembly house party coalition union federation confederation association organisation
    organization institute university hospital clinic school company firm group corporation
    authority board administration cabinet presidency palace command staff guard militia front
    movement bloc alliance league fund programme program foundation service services office
    secretariat tribunal chamber syndicate newspaper magazine agency station channel network website
    campaign team ministry foundation trust society operator airline port harbour railway utility
    regulator watchdog observatory kremlin pentagon side sides parties delegations ministries
    governments companies unions authorities states state country republic kingdom report statement
    paper document letter communique declaration bulletin complaint lawsuit indictment post tweet
    release memo filing city town district carabineros gendarmerie forum registry directorate media
    institution desk branch embassies navy coalition opposition industry treasury customs court
    courts police league carabinieri junta cooperative consortium brigade battalion division corps
    institution institutes
    """
)


def is_speaker_noun(lower: str) -> bool:
    """Whether a common noun names a person by office or a body: "minister", "ministry"."""
    return is_role_noun(lower) or is_body_noun(lower)


def is_role_noun(lower: str) -> bool:
    """Whether a lower-case word names a person by office or trade, one or several: "minister", "under-secretary"."""
    lower = lower.rpartition("-")[2]
    return lower in ROLE_NOUNS or (lower.endswith("s") and lower[:-1] in ROLE_NOUNS)


def is_body_noun(lower: str) -> bool:
    """Whether a lower-case word names a body, or a paper that speaks for one."""
    return lower in BODY_NOUNS
