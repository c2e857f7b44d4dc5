"""Whether a cue states or says what somebody feels, told from its words.

PolNeAR does not part statements from attitudes, so the type head is taught by this list: a cue with
a word of it is a statement, any other an attitude. The model's own false cues teach it "action".
"""

from __future__ import annotations

import re

_VERBS = """
    accuse acknowledge add admit advise affirm agree allege announce answer apologise apologize
    appeal argue ask assert assure aver blame blast boast brief call caution challenge charge
    chide cite claim clarify comment complain concede conclude condemn confess confide confirm
    congratulate contend continue counter criticise criticize declare decline decry defend
    demand denounce deny describe detail dictate disclose dismiss dispute dub elaborate
    emphasise emphasize estimate exclaim explain express forecast hail highlight hint indicate
    inform inquire insist instruct interject invite joke lament lash lecture list maintain
    mention mock muse name note observe offer opine plead pledge point post praise predict
    proclaim promise pronounce propose protest publish question quip quote rail read reassure
    rebuff rebuke rebut recall recite recommend recount refer refuse refute reiterate relate
    relay remark remind repeat reply report request respond retort reveal say scold show sign
    slam speak specify speculate state stipulate stress suggest summarize tell testify thank
    threaten tout tweet underline underscore urge utter voice vow warn weigh whisper write yell
"""
_IRREGULAR = """
    according found in per said shown told wrote written spoke spoken says denies denied read
    slammed quipped admitted admitting referred referring retold swore sworn swears swear
"""
_NOUNS = """
    accusation allegation announcement answer assertion claim comment complaint conclusion
    criticism declaration denial description estimate explanation interview message note plea
    pledge prediction promise proposal question quotation quote remark reply report response
    speech statement story suggestion testimony threat tweet vow warning word words
"""


def _forms(word: str) -> set[str]:
    forms = {word, word + "s", word + "es", word + "ed", word + "ing"}
    if word.endswith("e"):
        forms |= {word + "d", word[:-1] + "ing"}
    if word.endswith("y"):
        forms |= {word[:-1] + "ies", word[:-1] + "ied"}
    return forms


STATING = frozenset().union(*map(_forms, _VERBS.split())) | frozenset(_IRREGULAR.split())
STATING |= frozenset(_NOUNS.split()) | {noun + "s" for noun in _NOUNS.split()}


def is_statement(cue: str) -> bool:
    """Whether a cue's words state something; a bare colon or dash does too."""
    words = re.findall(r"\w+", cue.lower())
    return not words or any(word in STATING for word in words)
