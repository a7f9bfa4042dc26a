"""Closed classes of English words that the rules read by: no parser, so these carry the syntax."""


def word_set(listing: str) -> frozenset[str]:
    """Return the words of a listing, which white space separates."""
    return frozenset(listing.split())


WEEKDAYS = word_set("monday tuesday wednesday thursday friday saturday sunday")
MONTHS = word_set(
    """
    january february march april may june july august september october november december jan feb
    aug sept oct nov dec
    """
)
TIME_WORDS = WEEKDAYS | word_set("today yesterday tomorrow tonight earlier late later early again afterwards")
AUXILIARIES = word_set(
    """
    is are was were be been being am has have had having does do did will would shall should can
    could may might must 's 've 'd 'll 're 'm cannot
    """
)
MODALS = word_set("'ll will would shall should can could may might must cannot to")
BE = word_set("is are was were be been being am 's")
NEGATED_AUXILIARIES = word_set(
    """
    didn't doesn't don't hasn't haven't hadn't won't wouldn't couldn't can't isn't wasn't aren't
    weren't shouldn't
    """
)
NEGATIONS = word_set(
    """
    not never n't neither nor no without didn't doesn't don't hasn't haven't hadn't won't wouldn't
    couldn't can't cannot isn't wasn't aren't weren't shouldn't declined declines refused refuses
    failed
    """
)
PERSONAL = word_set("he she they it i we you")
MALE = word_set("he his him himself mr")
FEMALE = word_set("she her hers herself mrs ms miss")
PLURAL = word_set("they their them themselves")
DETERMINERS = word_set(
    """
    the a an this that these those his her its their our my your some any no each every another one
    two three four several many both all other such
    """
)
RELATIVES = word_set("who which whose whom where that")
SUBORDINATORS = word_set(
    """
    as when while because since although though whereas if unless until before after whether once
    than so how why what even despite amid but or yet nor
    """
)
PREPOSITIONS = word_set(
    """
    of for in at from with on to by about against into over under during between among through
    across near outside inside within without toward towards via upon behind beyond per ahead
    following amid around before after since until despite including like speaking
    """
)
# Prepositions that may hang a place, body or date on a noun phrase that speaks ("a spokesman for the port").
NOUN_LINKS = word_set("of for in at from with on")
# Frequent finite verbs that end a noun phrase although they are not cues and have no telling ending.
COMMON_VERBS = word_set(
    """
    went came got gave took made saw ran led met held left kept sent spent stood sat began won lost
    became fell rose grew felt found thought knew wanted needs wants goes comes gets gives takes
    makes sees runs leads meets holds keeps sends stands sits begins wins loses becomes falls rises
    grows feels finds thinks knows brought bought built put set cut hit let shut chose drew drove
    flew fought hid rode shook shot sold sought spread struck taught threw understood wore go come
    get give take make see think know want need seem seems looks look appears remains remain lies
    lay includes include follows follow works work lives live faces face serves serve means mean
    depends depend
    """
)
# Lower-case words in -ed that describe rather than happen.
ADJECTIVES_ED = word_set(
    """
    united unnamed retired armed elected appointed so-called named united-nations continued alleged
    proposed accused aforementioned related unified combined limited aged disputed occupied besieged
    jailed exiled ousted detained interested concerned advanced experienced unidentified displaced
    wounded convicted
    """
)
HONORIFICS = word_set("mr mrs ms miss dr prof sir dame lord lady hon rev madam madame monsieur")  # no office
TITLES = word_set(
    """
    mr mrs ms miss dr prof professor sir dame lord lady sen rep gov gen lt col maj capt sgt cpl adm
    rev hon judge justice senator congressman congresswoman governor general colonel major captain
    sergeant admiral lieutenant brigadier commander marshal commissioner president vice-president
    minister secretary chancellor ambassador king queen prince princess emir sheikh sultan pope
    cardinal archbishop bishop imam ayatollah mayor speaker chief inspector superintendent detective
    officer father sister pastor reverend deputy councillor premier baroness baron count madam
    madame monsieur undersecretary
    """
)
ABBREVIATIONS = word_set(
    """
    mr mrs ms dr prof sr jr st sen rep gov gen lt col maj capt sgt cpl adm rev hon vs etc no nos
    dept inc ltd corp co jan feb mar apr jun jul aug sep sept oct nov dec mon tue wed thu fri approx
    est fig vol ed eds e.g i.e al fla calif ariz mass conn ill ind pa va wis wash tenn tex mich minn
    colo ga ala ark md mo mont neb nev okla ore vt wyo ave blvd brig cmdr supt insp sec pres amb
    messrs
    """
)
