"""Every record of sayso, typed and frozen: what the rooms hand to one another, and what goes out.

Offsets are Unicode code points of the working text, half-open. Days are ISO 8601 dates.
Distances are kilometres. Records of the output contract (docs/contract.md) stand last, in the
order of the contract; what stands before them is handed between rooms.
"""

from __future__ import annotations

from typing import Literal

import msgspec

from sayso.ids import Span, record_id

BlockKind = Literal["headline", "dateline", "heading", "prose", "caption", "furniture"]
Voice = Literal["named", "unnamed", "outlet"]
Form = Literal["direct", "indirect", "mixed"]
AttributionType = Literal["statement", "attitude"]
Bound = Literal["exact", "about", "at least", "more than", "at most", "less than", "order"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
PlaceRole = Literal["literal", "demonym", "metonym", "part of a name"]
EventStatus = Literal["asserted", "planned", "threatened", "denied", "hypothetical"]
TruceStatus = Literal["proposed", "in force", "ended", "unknown"]
TruceState = Literal[
    "proposed", "in force", "extended", "ended", "collapsed", "violation alleged"
]  # fmt: skip
RelationKind = Literal["copies", "repeats", "corroborates", "updates", "contradicts", "denies"]
QueryKind = Literal["paraphrase", "share", "sum", "unit", "headline", "caption", "date"]
ActorKind = Literal[
    "person", "state", "government", "ministry", "armed group", "armed force", "body",
    "party", "monitor", "rescue service", "agency", "outlet", "company", "group", "unknown",
]  # fmt: skip
TollRule = Literal["lowest", "highest", "latest", "median"]
Stage = Literal["read", "annotate", "resolve", "compare", "show", "store", "engine"]


class Struct(msgspec.Struct, frozen=True, kw_only=True):
    """The base of every record: frozen, built by keyword."""


class Evidence(Struct, frozen=True, kw_only=True):
    """Where words stand: a slice of one document's working text."""

    document: str
    start: int
    end: int


# --- read: bytes → Document ---------------------------------------------------------------


class Block(Struct, frozen=True, kw_only=True):
    """A run of the working text of one kind. Blocks are in order and do not overlap."""

    kind: BlockKind
    start: int
    end: int


class DateClaim(Struct, frozen=True, kw_only=True):
    """A publication date that somebody states: a table cell, page metadata, or the text itself.

    `start` and `end` are null unless the claim stands in the working text. `order` tells how the
    numbers of a table's date were read, where that was found from the whole column.
    """

    value: str
    how: Literal["text", "metadata", "table", "given"]
    words: str = ""
    order: Literal["month first", "day first"] | None = None
    start: int | None = None
    end: int | None = None


class Problem(Struct, frozen=True, kw_only=True):
    """Something that could not be done, told so that a person can act on it."""

    stage: Stage
    message: str
    hint: str
    document: str | None = None
    path: str | None = None


class Document(Struct, frozen=True, kw_only=True):
    """An article's text as sayso works on it. Frozen with the reading that made it."""

    source: str
    path: str
    row: int | None = None
    text: str
    blocks: tuple[Block, ...]
    bytes_sha256: str
    text_sha256: str
    outlet: str | None = None
    headline: str | None = None
    author: str | None = None
    url: str | None = None
    dates: tuple[DateClaim, ...] = ()
    language: str | None = None
    read_at: str
    reader: str

    @property
    def id(self) -> str:
        """The id of the document."""
        return record_id(self.source, self.text_sha256, "document")


# --- annotate: Document → Annotations ------------------------------------------------------


class AttributionSpan(Struct, frozen=True, kw_only=True):
    """Words that hand something to a source. Empty `sources`: nobody is named ("was reported")."""

    sources: tuple[Span, ...]
    cues: tuple[Span, ...]
    contents: tuple[Span, ...]
    type: AttributionType
    form: Form
    denied: bool = False
    score: float | None = None
    method: str


class Mention(Struct, frozen=True, kw_only=True):
    """Words that refer to somebody or something: a name, a noun phrase or a pronoun.

    `head` is the core of it: of "Marovian Foreign Minister Mira Solenne" the mention is the whole,
    `head` is "Mira Solenne" and `role` the words that say what they are. `cluster` numbers what
    refers to the same inside the document; null where that is left open.
    """

    start: int
    end: int
    form: Literal["name", "nominal", "pronoun"]
    kind: Literal["person", "group", "place", "work", "other"]
    head: Span
    role: Span | None = None
    plural: bool = False
    cluster: int | None = None


class TimeSpan(Struct, frozen=True, kw_only=True):
    """A time expression before it is anchored.

    `rule` and `parts` say how its value follows from an anchor day (see resolve.times); `tense` and
    `direction` say which way it points where the words alone do not.
    """

    start: int
    end: int
    type: TimexType
    rule: str
    parts: dict[str, str | int] = {}
    tense: Literal["past", "present", "future"] | None = None
    direction: Literal["before", "after"] | None = None
    method: str


class OffsetSpan(Struct, frozen=True, kw_only=True):
    """A place given by its way from another: "30 kilometres west of Dorrun"."""

    kilometres: float | None = None
    bearing: float | None = None
    words: Span


class PlaceSpan(Struct, frozen=True, kw_only=True):
    """A place name. `offset` stands where the words put the matter away from that place;
    `within` names the container that the words give ("in Aleppo province").
    """

    start: int
    end: int
    name: str
    role: PlaceRole
    offset: OffsetSpan | None = None
    within: str | None = None
    method: str


class FigureSpan(Struct, frozen=True, kw_only=True):
    """A number with what it counts. `low` and `high` are null where the words leave them open."""

    start: int
    end: int
    value: float | None
    low: float | None
    high: float | None
    bound: Bound
    unit: str | None = None
    of: str | None = None
    of_span: Span | None = None
    effect: str | None = None
    part_of: int | None = None
    """Index, in the document's figures, of the whole that this is a part of."""
    share: float | None = None
    """The fraction of the whole where the words give one: "(35 percent)", "over a third"."""
    method: str


class EventSpan(Struct, frozen=True, kw_only=True):
    """An event trigger with its arguments as they stand."""

    start: int
    end: int
    type: str
    status: EventStatus
    agents: tuple[Span, ...] = ()
    targets: tuple[Span, ...] = ()
    instrument: Span | None = None
    place: Span | None = None
    time: Span | None = None
    claimed_by: Span | None = None
    """Who claims the deed as their own, where the words say so."""
    score: float | None = None
    method: str


class TruceSpan(Struct, frozen=True, kw_only=True):
    """A mention of a truce, with the words around it that say whose, where and when.

    `moment` spans are time expressions: `began`, `ended`. `lasts` is an ISO 8601 duration.
    """

    start: int
    end: int
    brokers: tuple[Span, ...] = ()
    parties: tuple[Span, ...] = ()
    excluded: tuple[Span, ...] = ()
    places: tuple[Span, ...] = ()
    proposer: Span | None = None
    began: Span | None = None
    ended: Span | None = None
    lasts: str | None = None
    status: TruceStatus = "unknown"
    breached_by: tuple[Span, ...] = ()
    breached_on: Span | None = None
    accuser: Span | None = None
    """Who accuses whoever is said to have broken it, where the same words say so."""
    accused_by_nobody: bool = False
    """Whether they "are accused" without a word of by whom."""
    turn: Literal["extended", "collapsed"] | None = None
    method: str


class Annotations(Struct, frozen=True, kw_only=True):
    """What the words of one document say, as spans, in text order."""

    sentences: tuple[Span, ...] = ()
    attributions: tuple[AttributionSpan, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeSpan, ...] = ()
    places: tuple[PlaceSpan, ...] = ()
    figures: tuple[FigureSpan, ...] = ()
    events: tuple[EventSpan, ...] = ()
    truces: tuple[TruceSpan, ...] = ()
    problems: tuple[Problem, ...] = ()


# --- resolve: what they mean in this document ----------------------------------------------


class Derived(Struct, frozen=True, kw_only=True):
    """A record that can be made again: anchored, and told how it was made."""

    id: str
    evidence: tuple[Evidence, ...]
    method: str
    score: float | None = None


class Publication(Struct, frozen=True, kw_only=True):
    """When the article came out, as a window of days. Null ends are not known."""

    earliest: str | None
    latest: str | None
    how: str

    @property
    def day(self) -> str | None:
        """The day, where the window is one day."""
        return self.earliest if self.earliest == self.latest else None


class LocalActor(Derived, frozen=True, kw_only=True):
    """Somebody or something that one document speaks of.

    `key` is the registry's key where the actor is known, else null. `spans` hold every mention.
    """

    document: str
    name: str
    kind: ActorKind
    key: str | None
    names: tuple[str, ...]
    roles: tuple[str, ...]
    affiliations: tuple[str, ...]
    spans: tuple[Span, ...]


class Statement(Derived, frozen=True, kw_only=True):
    """Something said (or an attitude held) by a speaker, with the chain that carried it."""

    document: str
    type: AttributionType
    form: Form
    speaker: str | None
    speaker_actor: str | None
    voice: Voice
    speaker_text: str
    cue: str
    content: str
    source_spans: tuple[Span, ...]
    cue_spans: tuple[Span, ...]
    content_spans: tuple[Span, ...]
    chain: tuple[str, ...]
    chain_actors: tuple[str | None, ...]
    denied: bool


class Figure(Derived, frozen=True, kw_only=True):
    """A number on somebody's word. `low` and `high` bound it; null is open."""

    document: str
    text: str
    value: float | None
    low: float | None
    high: float | None
    bound: Bound
    unit: str | None
    of: str | None
    effect: str | None
    part_of: str | None
    speaker: str | None
    speaker_actor: str | None
    voice: Voice
    chain: tuple[str, ...]
    statement: str | None
    matter: str | None
    event: str | None
    start: int
    end: int


class Time(Derived, frozen=True, kw_only=True):
    """A time expression with its TIMEX3 value and the days it can mean."""

    document: str
    text: str
    type: TimexType
    value: str
    earliest: str | None
    latest: str | None
    start: int
    end: int


class Place(Derived, frozen=True, kw_only=True):
    """A place name and where it is: null coordinates are "unlocated".

    `approximate`: no source can be named for the point of its gazetteer row.
    """

    document: str
    text: str
    name: str
    role: PlaceRole
    lat: float | None
    lon: float | None
    radius_km: float | None
    gazetteer: str | None
    approximate: bool = False
    start: int
    end: int


class Event(Derived, frozen=True, kw_only=True):
    """Who did what to whom, under the voice that asserts it. Names are resolved actors' names."""

    document: str
    type: str
    status: EventStatus
    agent: str | None
    agent_actor: str | None
    target: str | None
    target_actor: str | None
    place: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    earliest: str | None
    latest: str | None
    speaker: str | None
    speaker_actor: str | None
    voice: Voice
    statement: str | None
    instrument: str | None = None
    start: int
    end: int


class TruceTold(Struct, frozen=True, kw_only=True):
    """What one voice says of a truce at one place in a document: that it is proposed, in force, was
    extended, ended, collapsed, or was violated by those `accused`.

    `earliest` and `latest` bound the day for which it is said: by words where `dated`, else the
    days in which the report can have come out. `speaker` is null for the outlet's own voice, and
    with the voice "unnamed" where somebody is accused without a word of by whom.
    """

    state: TruceState
    speaker: str | None
    voice: Voice
    earliest: str | None
    latest: str | None
    dated: bool
    document: str
    start: int
    end: int
    accused: tuple[str, ...] = ()
    speaker_actor: str | None = None


class LocalTruce(Derived, frozen=True, kw_only=True):
    """A truce as one mention tells it."""

    document: str
    name: str
    parties: tuple[str, ...]
    brokers: tuple[str, ...]
    places: tuple[str, ...]
    excluded: tuple[str, ...]
    proposer: str | None
    began_earliest: str | None
    began_latest: str | None
    ended_earliest: str | None
    ended_latest: str | None
    status: TruceStatus
    how: str
    breaches: tuple[str, ...] = ()
    told: tuple[TruceTold, ...] = ()


class LocalNaming(Derived, frozen=True, kw_only=True):
    """One use of a label for an actor, by whoever's words it stands in."""

    document: str
    actor: str
    actor_id: str | None
    label: str
    by: str
    start: int
    end: int


class Query(Derived, frozen=True, kw_only=True):
    """A doubt that a person should look at, with both sides of it as evidence."""

    document: str
    kind: QueryKind
    message: str


class Resolved(Struct, frozen=True, kw_only=True):
    """All that one document says, resolved on its own."""

    document: str
    publication: Publication
    actors: tuple[LocalActor, ...] = ()
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    times: tuple[Time, ...] = ()
    places: tuple[Place, ...] = ()
    events: tuple[Event, ...] = ()
    truces: tuple[LocalTruce, ...] = ()
    naming: tuple[LocalNaming, ...] = ()
    queries: tuple[Query, ...] = ()
    problems: tuple[Problem, ...] = ()


# --- compare: what they mean together ------------------------------------------------------


class Name(Struct, frozen=True, kw_only=True):
    """A form of a name with the days between which it was used, where known."""

    text: str
    from_: str | None = msgspec.field(default=None, name="from")
    to: str | None = None


class Actor(Derived, frozen=True, kw_only=True):
    """An actor of the case: every form of its name, seen or known."""

    name: str
    kind: ActorKind
    names: tuple[Name, ...]
    affiliations: tuple[str, ...]
    mentions: int
    key: str | None
    members: tuple[str, ...]
    """Ids of the local actors that are this one."""


class TruceBreach(Struct, frozen=True, kw_only=True):
    """One voice's word that somebody broke a truce: `accuser` and `voice` as in TruceTold, the day
    between `earliest` and `latest`, by words where `dated`, else that of the report.
    """

    accuser: str | None
    voice: Voice
    accused: tuple[str, ...]
    earliest: str | None
    latest: str | None
    dated: bool
    document: str
    start: int
    end: int


class Truce(Derived, frozen=True, kw_only=True):
    """One truce across documents. A start or end that is not sure to the day is null; the windows
    hold it, and `how` tells them. `breaches` names those said to have broken it, `told` is all that
    voices say of it in the order of the days, `alleged_breaches` what of it are breaches.
    """

    name: str
    parties: tuple[str, ...]
    brokers: tuple[str, ...]
    places: tuple[str, ...]
    excluded: tuple[str, ...]
    proposer: str | None
    began_on: str | None
    ended_on: str | None
    status: TruceStatus
    how: str
    documents: tuple[str, ...]
    breaches: tuple[str, ...] = ()
    began_earliest: str | None = None
    began_latest: str | None = None
    ended_earliest: str | None = None
    ended_latest: str | None = None
    told: tuple[TruceTold, ...] = ()
    alleged_breaches: tuple[TruceBreach, ...] = ()


class AccountToll(Struct, frozen=True, kw_only=True):
    """One value that a voice gives of the dead or wounded. `on` is the last day on which the report
    can have come out, `figure` an id; `part` says that it is of a part of the whole.
    """

    figure: str
    document: str
    on: str | None
    value: float | None
    low: float | None
    high: float | None
    bound: Bound
    of: str | None
    effect: str | None
    part: bool = False


class Account(Struct, frozen=True, kw_only=True):
    """What one voice says of a matter. `figures` are ids.

    `people` spoke for the voice; `tolls` are its values in the order of their days; `depth` is how
    many voices at the least stand between the reader and what happened, the outlet left out: 0 the
    outlet's own word, 1 a voice that it cites, 2 a voice that somebody cites to it.
    """

    speaker: str | None
    voice: Voice
    says: str
    figures: tuple[str, ...]
    documents: tuple[str, ...]
    people: tuple[str, ...] = ()
    tolls: tuple[AccountToll, ...] = ()
    outlets: int = 0
    texts: int = 0
    depth: int = 0


class Claim(Struct, frozen=True, kw_only=True):
    """One toll of a matter, by whomever it is given: figures (ids) that give the same number.

    `texts` counts reports with copies of one text as one; `origins` are distinct named voices,
    `unknown` reports that name nobody for it. `depth` is as in Account.
    """

    says: str
    effect: str | None
    value: float | None
    figures: tuple[str, ...]
    documents: tuple[str, ...]
    reports: int
    texts: int
    outlets: int
    origins: int
    unknown: int
    depth: int
    part: bool = False


class Matter(Derived, frozen=True, kw_only=True):
    """One incident or issue, with its accounts. `reports` counts documents, `origins` distinct
    named voices at the inner end of the chains of its main claim.

    `texts` counts reports with copies of one text as one; `unknown` are reports whose main claim
    stands on nobody's name; `disagreements` are pairs of voices that contradict or deny each other.
    `toll` is null unless the user named a rule to choose one by (`toll_rule`).
    """

    title: str
    place: str | None
    earliest: str | None
    latest: str | None
    documents: tuple[str, ...]
    also_in: tuple[str, ...]
    accounts: tuple[Account, ...]
    reports: int
    origins: int
    claims: tuple[Claim, ...] = ()
    texts: int = 0
    outlets: int = 0
    unknown: int = 0
    disagreements: int = 0
    toll: AccountToll | None = None
    toll_rule: TollRule | None = None


class Relation(Derived, frozen=True, kw_only=True):
    """How two statements, figures, events or (for copies) documents stand to each other."""

    kind: RelationKind
    left: str
    right: str
    reason: str


class Naming(Derived, frozen=True, kw_only=True):
    """How often somebody calls an actor something; evidence holds every instance."""

    actor: str
    label: str
    by: str
    count: int


class Compared(Struct, frozen=True, kw_only=True):
    """What the documents of a case mean together.

    `copies` maps a document to the one it copies, `figure_matters` a figure's id to its matter's.
    """

    actors: tuple[Actor, ...] = ()
    truces: tuple[Truce, ...] = ()
    matters: tuple[Matter, ...] = ()
    relations: tuple[Relation, ...] = ()
    naming: tuple[Naming, ...] = ()
    copies: dict[str, str] = {}
    figure_matters: dict[str, str] = {}


# --- show: the case as a whole -------------------------------------------------------------


class View(Struct, frozen=True, kw_only=True):
    """A case as it is shown: every record with the case's names and people's corrections laid on.

    Records stand in the order of their documents and places. `copies` maps the id of a document
    to the id of the one it copies, `publications` a source to its window.
    """

    case: str
    version: str
    documents: tuple[Document, ...]
    publications: dict[str, Publication]
    copies: dict[str, str]
    statements: tuple[Statement, ...]
    figures: tuple[Figure, ...]
    times: tuple[Time, ...]
    places: tuple[Place, ...]
    events: tuple[Event, ...]
    actors: tuple[Actor, ...]
    truces: tuple[Truce, ...]
    matters: tuple[Matter, ...]
    relations: tuple[Relation, ...]
    naming: tuple[Naming, ...]
    queries: tuple[Query, ...]
    problems: tuple[Problem, ...]
