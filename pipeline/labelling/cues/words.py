"""Word lists that several cues share, as regular expressions."""

GAP = r"[^.!?;]{0,60}?"  # within one sentence
SHORT_GAP = r"[^.!?;,]{0,30}?"  # within one clause
FUTURE = r"(?:\b(?:will|shall|would|(?:is|are|am|was|were) (?:now )?going to)\b|'(?:ll|(?:re|m|s) (?:now )?going to)\b)"
OWN_FUTURE = r"\b(?:we|i)(?:'ll| will| shall|'re going to| are going to|'m going to| would)\b"
ADVERB = r"(?:\w{2,12}ly |soon |then |also |now |all |simply )?"
NO_ONE = r"\b(?:nobody|no one|none|no \w{2,15})\b"

HARMED = (
    r"(?:arrested|shot(?: at| down)?|seized|closed|shut|frozen|confiscated|destroyed|sunk|boarded|detained|prosecuted"
    r"|fined|dismissed|expelled|punished|cut off|blocked|stripped|revoked|cancelled|withdrawn|jailed|locked up|killed"
    r"|crushed|treated as|dealt with|met (?:with|by)|answered|intercepted|hunted|taken to court|deported|imprisoned"
    r"|banned|burned|buried|held (?:to account|accountable|responsible)|made to|removed by force|cleared by force"
    r"|brought down|brought to justice|tracked down|put on trial|engaged|disabled|fired on|raided|dissolved|suspended"
    r"|taken into custody|taken away|sued|struck|turned back|withheld|stopped by force|barred|evicted|impounded)\b"
)
HARM = (
    r"(?:arrest|shoot|seize|close|shut|freeze|confiscate|destroy|sink|board|detain|prosecute|fine|dismiss|expel|punish"
    r"|cut|block|strip|revoke|cancel|withhold|jail|lock|kill|crush|retaliate|strike|hit|bomb|intercept|hunt|sue|deport"
    r"|ban|burn|bury|veto|impose|disable|raid|dissolve|suspend|go after|come for|go to court|take .{1,40}? to court"
    r"|fight back|fire (?:on|at|back)|pull (?:out|the plug)|stop (?:paying|the|all|every)|walk out|keep back|defend"
    r"|bring .{1,30}? down|answer|make .{1,30}? pay|turn off|padlock|evict|smash|wipe|finish|impound|repossess"
    r"|respond|react|hold .{1,30}? (?:accountable|responsible))\b"
)
TROUBLE = (
    r"(?:spread|collapse|die|drown|fail|flood|kill|blind|burst|break|spiral|escalate|starve|run out|run dry|lead to"
    r"|cause|trigger|erupt|freeze|suffer|overflow|give way|go under|worsen|explode|go hungry|disappear|vanish"
    r"|destabili[sz]e|backfire|plunge|turn (?:on|into)|come back|fall (?:by|sharply|further|on)|not (?:hold|last)"
    r"|hurt|lose|be (?:lost|under water|dry|empty|overwhelmed|cut off|felt|gone|without|left without|washed away"
    r"|fired at))\b"
)
HAZARD = (
    r"(?:famine|hunger|starvation|cholera|measles|malaria|outbreaks?|epidemic|flood\w{0,3}|landslides?|collapse"
    r"|catastrophe|disaster|civil war|bloodshed|massacres?|shortages?|eruption|aftershocks?|storms?|cyclone"
    r"|tsunami|avalanches?|wildfires?|explosion|radiation|drought|escalation|wider war|regional war|meltdown|unrest"
    r"|accidents?|collision|recession|blackouts?)\b"
)
CLAIM = (
    r"(?:claims?|reports?|accusations?|allegations?|suggestions?|rumou?rs?|stor(?:y|ies)|charges?|suspicions?"
    r"|speculation|assertions?|insinuations?|talk|account)\b"
)
FALSE = (
    r"(?:false|untrue|baseless|unfounded|groundless|invented|fabricated|made up|nonsense|fiction|incorrect|mistaken"
    r"|fake|lies?|(?:a |pure )?(?:fabrication|invention|forgery|fairy tale|fantasy|hoax|myth)|forgeries|slander|staged"
    r"|forged|inaccurate|absurd|ridiculous|rubbish|concocted)\b"
)
FORCES = (
    r"(?:troops|forces|soldiers|units|men|army|guns|tanks|batter(?:y|ies)|patrols?|vessels|ships|police|artillery)\b"
)
CAPTIVES = (
    r"(?:prisoners?|captives?|hostages?|detainees?|detained|crew(?:men)?|fishermen|sailors|soldiers|women|wounded"
    r"|journalists?|students?|held|deputies|policemen)\b"
)
TALKS = r"(?:talks?|talking|dialogue|negotiat\w{1,6}|discussions?|mediation)\b"
TRUCE = r"(?:ceasefire|cease-fire|truce|armistice|pause in|moratorium|cessation|standstill)\b"
SIDES = r"(?:sides?|part(?:y|ies)|delegations?|armies|governments?|communities|camps?|navies|neighbou?rs|capitals)\b"
