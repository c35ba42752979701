"""The published record kinds of a catalog, strict: what a city says about its services.

Knows the shape of every record and its exact bytes. Does not know where records come from
(`hub.authoring`), how they are transported (`kiosk.sync`), or how they look on a screen.

A published record *is* its bytes: `encode` is called once, by the publisher; everybody after
that stores and hashes those bytes and only ever decodes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal, TypeAlias

import msgspec
from msgspec import Meta

SCHEMA_VERSION = 2
"""Raised when a record changes in a way that an older kiosk cannot read."""

Slug: TypeAlias = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Words: TypeAlias = Annotated[str, Meta(min_length=1, max_length=400)]
Clock: TypeAlias = Annotated[str, Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Phone: TypeAlias = Annotated[str, Meta(pattern=r"^\d[\d-]{2,18}$")]
Url: TypeAlias = Annotated[str, Meta(pattern=r"^https://[a-z0-9.-]+(/\S*)?$", max_length=300)]
ItemNumber: TypeAlias = Annotated[int, Meta(ge=1, le=0xFFFFFF)]
"""Short number of a service, u24, from the catalog's register: never re-used."""


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    """A piece of a record."""


class Record(Part, frozen=True, tag_field="kind"):
    """A published row: `kind` and `id` together are its name in the catalog."""

    id: Slug


class Text(Part, frozen=True):
    """Words in the languages of the city; Chinese is the source of truth."""

    zh: Words
    en: str = ""
    ug: str = ""


class City(Record, frozen=True, tag="city"):
    """The city itself: exactly one in a catalog."""

    name: Text
    region: Annotated[str, Meta(pattern=r"^\d{6}$")]  # GB/T 2260
    hotline: Phone
    platform: Text  # what its service platform is called


class Group(Record, frozen=True, tag="group"):
    """First level of the catalog, as citizens call it."""

    order: int
    name: Text
    hint: Text
    icon: Slug


class Category(Record, frozen=True, tag="category"):
    """Second level: a handful of services that belong together."""

    group: Slug
    order: int
    name: Text
    icon: Slug


class Provider(Record, frozen=True, tag="provider"):
    """The body that owns a service."""

    name: Text
    short: Text


class Hours(Part, frozen=True):
    """Opening hours on some days of the week, 1 Monday to 7 Sunday."""

    days: Annotated[tuple[Annotated[int, Meta(ge=1, le=7)], ...], Meta(min_length=1)]
    opens: Clock
    closes: Clock


class PlanArea(Part, frozen=True):
    """A rectangle on the plan of a floor, in squares of its grid from the upper left corner."""

    kind: Literal["counter", "desk", "door", "lift", "stairs", "toilet", "seats", "kiosk", "paper"]
    x: Annotated[int, Meta(ge=0, le=63)]
    y: Annotated[int, Meta(ge=0, le=63)]
    width: Annotated[int, Meta(ge=1, le=64)] = 1
    height: Annotated[int, Meta(ge=1, le=64)] = 1
    name: Text | None = None
    counter: Slug | None = None  # of a `counter` or a `desk`
    kiosk: Annotated[int, Meta(ge=0, le=255)] | None = None  # 8 bits of the hand-off token's place


class PlanFloor(Part, frozen=True):
    """One floor as a grid of equal squares, entrance at the bottom."""

    floor: Text  # in the words of the counters on it
    width: Annotated[int, Meta(ge=4, le=64)]
    height: Annotated[int, Meta(ge=4, le=64)]
    areas: Annotated[tuple[PlanArea, ...], Meta(min_length=1, max_length=40)]


class Hall(Record, frozen=True, tag="hall"):
    """A building with counters."""

    order: int
    number: Annotated[int, Meta(ge=1, le=4095)]  # 12 bits of the hand-off token's place
    name: Text
    short: Text
    address: Text
    transport: Text
    hours: Annotated[tuple[Hours, ...], Meta(min_length=1)]
    phone: Phone
    help_desk: Text  # where a person is, in words
    access: tuple[Text, ...] = ()  # ramps, low counters, hearing loops …
    plan: tuple[PlanFloor, ...] = ()


class Counter(Record, frozen=True, tag="counter"):
    """One or several counters of a hall that do the same work."""

    hall: Slug
    floor: Text
    label: Text
    name: Text
    hours: tuple[Hours, ...] = ()  # empty: those of the hall


class Material(Record, frozen=True, tag="material"):
    """A paper that services ask for; shared, so that one edit mends all of them."""

    name: Text
    form: Literal["document", "form", "own-paper", "electronic"]
    issuer: Text
    note: Text | None = None
    icon: Slug | None = None
    service: Slug | None = None  # the one that gives it to whoever has none
    holder: Literal["person", "helper"] = "person"  # whose it is where somebody acts for another
    stands_for: Slug | None = None  # the document that a helper's own one is, `id-card-proxy`


class Duration(Part, frozen=True):
    """How long something takes; `n` 0 is at once."""

    n: Annotated[int, Meta(ge=0, le=1000)]
    unit: Literal["hour", "day", "working-day", "month"]
    note: Text | None = None


class NeededMaterial(Part, frozen=True):
    """A paper as one service asks for it."""

    material: Slug
    originals: Annotated[int, Meta(ge=0, le=20)] = 0
    copies: Annotated[int, Meta(ge=0, le=20)] = 0
    need: Literal["always", "sometimes", "later"] = "always"  # 必要, 非必要, 容缺后补
    when: Text | None = None  # the condition of `sometimes`
    note: Text | None = None


class Step(Part, frozen=True):
    """One thing to do, in order."""

    text: Text
    note: Text | None = None


class FeeItem(Part, frozen=True):
    """One charge. `amount` is text in yuan; None where the amount is announced elsewhere."""

    name: Text
    unit: Text
    amount: Annotated[str, Meta(pattern=r"^\d+(\.\d{1,2})?$")] | None = None


class Fee(Part, frozen=True):
    """What it costs."""

    charged: bool
    items: tuple[FeeItem, ...] = ()
    note: Text | None = None


class Outcome(Part, frozen=True):
    """What the citizen holds at the end."""

    name: Text
    validity: Text | None = None


class Channel(Part, frozen=True):
    """A way to get it done. One with `url` is a door that a hand-off may open."""

    via: Literal["counter", "web", "app", "mini-program", "phone", "terminal", "post", "home-visit"]
    title: Text
    interaction: Literal["apply", "pay", "book", "ask", "complain", "look-up"] = "apply"
    url: Url | None = None
    phone: Phone | None = None
    note: Text | None = None


Helper: TypeAlias = Literal[
    "spouse",
    "child",
    "parent",
    "grandchild",
    "grandparent",
    "relative",
    "friend",
    "community",
]
"""Who acts, as seen by the person for whom it is done: a `child` acts for father or mother."""

ProxyCase: TypeAlias = Literal["under-16", "minor", "incapable", "frail", "away"]
"""Why the person does not act: not 16 or not 18 years old, without legal capacity (Civil Code,
articles 21 and 22), unable to come, or not in town."""


class ProxyException(Part, frozen=True):
    """A case in which another answer holds than in the rule itself."""

    case: ProxyCase
    allowed: bool = True
    by: tuple[Helper, ...] = ()  # empty: whoever the law makes the guardian
    papers: tuple[Slug, ...] = ()
    along: bool = False  # the person comes along
    note: Text | None = None


class Collecting(Part, frozen=True):
    """Somebody else may at least fetch the result."""

    papers: tuple[Slug, ...] = ()
    note: Text | None = None


class ProxyRule(Part, frozen=True):
    """May somebody else come?"""

    allowed: Literal["yes", "partly", "no"]
    reason: Text
    who: tuple[Text, ...] = ()
    helpers: tuple[Helper, ...] = ()  # the same for the program; empty: anybody
    present: tuple[Text, ...] = ()  # who must be there all the same, and when
    papers: tuple[Slug, ...] = ()  # materials, on top of those of the service
    guardian: Text | None = None  # for a child or a person without capacity
    exceptions: tuple[ProxyException, ...] = ()
    collect: Collecting | None = None
    forbidden: Text | None = None
    home_visit: Text | None = None
    note: Text | None = None


class SituationOption(Part, frozen=True):
    """One answer, and what it changes."""

    label: Text
    adds: tuple[Slug, ...] = ()
    drops: tuple[Slug, ...] = ()
    goto: Slug | None = None
    note: Text | None = None


class Situation(Part, frozen=True):
    """A question that decides what applies to this citizen."""

    ask: Text
    options: Annotated[tuple[SituationOption, ...], Meta(min_length=2, max_length=6)]


class Relation(Part, frozen=True):
    """A link to another service."""

    service: Slug
    why: Literal["before", "after", "instead", "urgent", "together", "similar"]


class Question(Part, frozen=True):
    """Asked often."""

    ask: Text
    answer: Text


class Basis(Part, frozen=True):
    """The law it rests on; articles as Chinese numerals, empty where not checked."""

    law: str
    articles: tuple[str, ...] = ()


class Doubt(Part, frozen=True):
    """A fact that is not certain: which field, and why."""

    field: str
    why: Words


class Service(Record, frozen=True, tag="service"):
    """What a citizen opens: one errand, with all that is needed to get it done."""

    number: ItemNumber
    group: Slug
    category: Slug
    name: Text
    plain_name: Text
    summary: Text
    provider: Slug
    popularity: Annotated[int, Meta(ge=0, le=100)] = 0
    peak_months: tuple[Annotated[int, Meta(ge=1, le=12)], ...] = ()  # when twice as many ask
    audience: tuple[Literal["person", "business"], ...] = ("person",)
    handling: Literal["at-once", "promised"] | None = None
    legal_time: Duration | None = None
    promised_time: Duration | None = None
    visits: Annotated[int, Meta(ge=0, le=9)] | None = None
    visit_reason: Text | None = None
    online: Literal["yes", "partly", "no"] | None = None
    conditions: tuple[Text, ...] = ()
    materials: tuple[NeededMaterial, ...] = ()
    steps: tuple[Step, ...] = ()
    fee: Fee | None = None
    outcome: Outcome | None = None
    counters: tuple[Slug, ...] = ()
    consult: Phone | None = None
    supervise: Phone | None = None
    channels: tuple[Channel, ...] = ()
    proxy: ProxyRule | None = None
    situations: tuple[Situation, ...] = ()
    relations: tuple[Relation, ...] = ()
    questions: tuple[Question, ...] = ()
    warnings: tuple[Text, ...] = ()
    basis: tuple[Basis, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    reviewed: Annotated[str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}$")] | None = None


class EventStep(Part, frozen=True):
    """One service of a life event, in order."""

    service: Slug
    when: Text | None = None


class EventOption(Part, frozen=True):
    """One answer, and which steps are needed or spared by it."""

    label: Text
    needs: tuple[Slug, ...] = ()
    spares: tuple[Slug, ...] = ()


class EventQuestion(Part, frozen=True):
    """A question that decides which steps somebody needs."""

    ask: Text
    options: Annotated[tuple[EventOption, ...], Meta(min_length=2, max_length=6)]


class Event(Record, frozen=True, tag="event"):
    """A life event: the services that people in this situation need, in order."""

    order: int
    name: Text
    hint: Text
    icon: Slug
    steps: Annotated[tuple[EventStep, ...], Meta(min_length=2)]
    questions: Annotated[tuple[EventQuestion, ...], Meta(max_length=3)] = ()


Moment: TypeAlias = Annotated[
    str, Meta(pattern=r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})$")
]
"""ISO 8601 to the minute, with its distance from UTC."""


class Bulletin(Record, frozen=True, tag="bulletin"):
    """What everybody must know for a while: an emergency, a closed counter, a new rule."""

    title: Text
    text: Text
    valid_from: Moment
    valid_to: Moment
    must_read: bool = False
    halls: tuple[Slug, ...] = ()  # empty: all
    services: tuple[Slug, ...] = ()  # it concerns them, and stands on their slips
    hides: tuple[Slug, ...] = ()  # they cannot be done while it is valid
    phone: Phone | None = None


class Pick(Record, frozen=True, tag="pick"):
    """What editors recommend, perhaps only in some halls and months."""

    order: int
    service: Slug
    why: Text
    halls: tuple[Slug, ...] = ()
    months: tuple[Annotated[int, Meta(ge=1, le=12)], ...] = ()


AliasSort: TypeAlias = Literal["spoken", "name", "dialect", "old-name", "misspelt"]
AliasSource: TypeAlias = Literal["editor", "lexicon", "citizens"]
AliasState: TypeAlias = Literal["accepted", "proposed"]


class Alias(Record, frozen=True, tag="alias"):
    """Everyday words for services, best first. `id` is derived from the words."""

    text: Words
    services: Annotated[tuple[Slug, ...], Meta(min_length=1)]
    sort: AliasSort = "spoken"
    source: AliasSource = "editor"
    # Only the accepted are published: older kiosks know no such field, and the default is unwritten
    state: AliasState = "accepted"


AnyRecord: TypeAlias = (
    City
    | Group
    | Category
    | Provider
    | Hall
    | Counter
    | Material
    | Service
    | Event
    | Alias
    | Bulletin
    | Pick
)

RECORD_TYPES: tuple[type[Record], ...] = (
    City,
    Group,
    Category,
    Provider,
    Hall,
    Counter,
    Material,
    Service,
    Event,
    Alias,
    Bulletin,
    Pick,
)

_decoder: msgspec.json.Decoder[AnyRecord] = msgspec.json.Decoder(AnyRecord)


class RecordName(msgspec.Struct, frozen=True):
    """The two fields that name a record; decoding only these is an eighth of the cost."""

    kind: str
    id: str

    @property
    def key(self) -> str:
        """The record's name in the whole catalog, `kind/id`."""
        return f"{self.kind}/{self.id}"


_name_decoder = msgspec.json.Decoder(RecordName)


def key_of(record: Record) -> str:
    """The record's name in the whole catalog, `kind/id`."""
    return f"{kind_of(type(record))}/{record.id}"


def kind_of(record_type: type[Record]) -> str:
    """The tag under which records of this type are published."""
    return str(record_type.__struct_config__.tag)


def encode(record: Record) -> bytes:
    """The record's exact published bytes: one line of UTF-8 JSON without a line feed."""
    return msgspec.json.encode(record)


def decode(body: bytes) -> AnyRecord:
    """The record that these bytes are.

    Raises:
        msgspec.ValidationError: a field is unknown, missing or of the wrong shape.
        msgspec.DecodeError: the bytes are no JSON.
    """
    return _decoder.decode(body)


def name_of(body: bytes) -> RecordName:
    """Kind and id of published bytes, without judging the rest.

    Raises:
        msgspec.ValidationError, msgspec.DecodeError: they are no record at all.
    """
    return _name_decoder.decode(body)


def texts_of(part: object) -> Iterator[Text]:
    """Every text anywhere in a record, in reading order."""
    if isinstance(part, Text):
        yield part
    elif isinstance(part, msgspec.Struct):
        for field in part.__struct_fields__:
            yield from texts_of(getattr(part, field))
    elif isinstance(part, tuple):
        for item in part:
            yield from texts_of(item)
