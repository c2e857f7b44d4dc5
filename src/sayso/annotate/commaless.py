"""Sources that stand beside their verb without a comma, where the parser goes astray.

Flattened tables often come without commas: "... killed ten people on Monday activists said".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sayso.annotate.phrases import FINITE, Report, can_speak, phrase

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from sayso.annotate.lexicon import Cues

_NOMINAL = frozenset({"NN", "NNP", "NNPS", "NNS", "JJ", "JJS", "POS", "HYPH"})


def is_sound(report: Report | None, doc: Doc, cues: Cues) -> bool:
    """Whether a verb's reading has content, and a source that can speak."""
    if report is None or not report.contents:
        return False
    if not report.sources:
        return True
    source = doc[slice(*report.sources[0])].root
    return can_speak(source, cues) and source.lemma_.lower() not in cues.counted


def closing(verb: Token, lemma: str, cues: Cues) -> Report | None:
    """Read "... killed ten people on Monday activists said", its comma lost.

    The noun phrase right before the verb, if it can speak, is the source; the sentence before it
    is the content; behind the verb no clause follows.
    """
    sent = verb.sent
    behind = verb.doc[verb.i + 1 : sent.end]
    if verb.i == sent.start or any(t.tag_ in FINITE or t.tag_ == "WP" for t in behind):
        return None
    if any(t.is_quote for t in sent) or any(c.dep_ in {"aux", "neg"} for c in verb.children):
        return None
    head = verb.doc[verb.i - 1]
    if not can_speak(head, cues):
        return None
    start = _phrase_start(head, sent.start)
    owner = verb.doc[start - 2] if start - 2 > sent.start else None
    if owner is not None and owner.lemma_ in cues.citable and verb.doc[start - 1].tag_ == "IN":
        start = _phrase_start(owner, sent.start)
    before = verb.doc[sent.start : start]
    if not any(t.tag_ in FINITE or t.tag_ == "VBN" for t in before):
        return None
    return Report(
        at=verb.i,
        lemma=lemma,
        type="statement",
        sources=((start, verb.i),),
        cue=((verb.i, verb.i + 1),),
        contents=((sent.start, start),),
    )


def inverted(verb: Token, lemma: str, cues: Cues) -> Report | None:
    """Read "... killed ten people said the monitor", its comma lost: what stands behind the verb,
    and can speak, is the source, and the sentence before it the content.
    """
    if verb.lower_ not in cues.inverting or verb.i + 1 >= len(verb.doc):
        return None
    after = [c for c in verb.children if c.i > verb.i and c.dep_ != "punct"]
    source = next((c for c in after if c.dep_ in {"dobj", "attr", "oprd", "nsubj"}), None)
    if source is None or not can_speak(source, cues) or source.left_edge.i != verb.i + 1:
        return None
    if any(c.dep_ in {"ccomp", "xcomp"} for c in after) or source.tag_.startswith("PRP"):
        return None
    start = verb.sent.start
    before = verb.doc[start : verb.i]
    if not any(t.tag_ in FINITE for t in before) or any(t.is_quote for t in before):
        return None
    return Report(
        at=verb.i,
        lemma=lemma,
        type="statement",
        sources=(phrase(source),),
        cue=((verb.i, verb.i + 1),),
        contents=((start, verb.i),),
    )


def _phrase_start(head: Token, stop: int) -> int:
    """Where the noun phrase that ends in a token begins, told by tags alone.

    A proper noun takes its name and titles along, a common noun its adjectives, either an article.
    """
    doc = head.doc
    if head.tag_ == "PRP":
        return head.i
    low = head.i
    while low > stop:
        before = doc[low - 1]
        if before.tag_ in {"DT", "PRP$"}:
            return low - 1
        same_name = before.ent_iob_ != "O" and doc[low].ent_iob_ == "I"
        if not (same_name or before.tag_ in _NOMINAL) or before.ent_type_ in {"DATE", "TIME"}:
            break
        if before.tag_ == "NNS" and not same_name:
            break
        if (
            before.tag_.startswith("NNP")
            and not doc[low].tag_.startswith("NNP")
            and (before.ent_type_ in {"GPE", "LOC", "FAC"})
        ):
            break
        low -= 1
    return low
