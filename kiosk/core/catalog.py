"""The catalog as citizens meet it: services, groups, halls, papers, as frozen values.

Knows what a screen may show of a record. Does not know where records are kept or who signed them
(`kiosk.store`). The classes mirror the published records field by field, as far as they are
shown: the store decodes published bytes straight into them.
"""

from __future__ import annotations

from typing import Literal, Protocol, TypeAlias

from kiosk.core.doable import Doable
from kiosk.core.standing import Standing
from kiosk.core.value import Value


class Text(Value, frozen=True):
    """Words in the languages of the city."""

    zh: str
    en: str = ""
    ug: str = ""

    def get(self, language: str) -> str:
        """The words in a language; Chinese where the catalog has no other."""
        return {"en": self.en, "ug": self.ug}.get(language, "") or self.zh


class City(Value, frozen=True):
    """The city whose catalog this is."""

    id: str
    name: Text
    region: str
    hotline: str
    platform: Text


class Group(Value, frozen=True):
    """First level of the catalog."""

    id: str
    order: int
    name: Text
    hint: Text
    icon: str


class Category(Value, frozen=True):
    """Second level."""

    id: str
    group: str
    order: int
    name: Text
    icon: str


class Provider(Value, frozen=True):
    """The body that owns a service."""

    id: str
    name: Text
    short: Text


class Hours(Value, frozen=True):
    """Opening hours on some days, 1 Monday to 7 Sunday, as `09:00`."""

    days: tuple[int, ...]
    opens: str
    closes: str


class PlanArea(Value, frozen=True):
    """A rectangle on the plan of a floor, in squares of its grid from the upper left corner."""

    kind: Literal["counter", "desk", "door", "lift", "stairs", "toilet", "seats", "kiosk", "paper"]
    x: int
    y: int
    width: int = 1
    height: int = 1
    name: Text | None = None
    counter: str | None = None
    kiosk: int | None = None


class PlanFloor(Value, frozen=True):
    """One floor as a grid of equal squares, entrance at the bottom."""

    floor: Text
    width: int
    height: int
    areas: tuple[PlanArea, ...]


class Hall(Value, frozen=True):
    """A building with counters."""

    id: str
    order: int
    number: int
    name: Text
    short: Text
    address: Text
    transport: Text
    hours: tuple[Hours, ...]
    phone: str
    help_desk: Text
    access: tuple[Text, ...] = ()
    plan: tuple[PlanFloor, ...] = ()


class Counter(Value, frozen=True):
    """One or several counters of a hall that do the same work."""

    id: str
    hall: str
    floor: Text
    label: Text
    name: Text
    hours: tuple[Hours, ...] = ()


class Material(Value, frozen=True):
    """A paper that services ask for."""

    id: str
    name: Text
    form: Literal["document", "form", "own-paper", "electronic"]
    issuer: Text
    note: Text | None = None
    icon: str | None = None
    service: str | None = None  # the one that gives it to whoever has none
    holder: Literal["person", "helper"] = "person"  # whose it is where somebody acts for another
    stands_for: str | None = None  # the document that a helper's own one is


class Duration(Value, frozen=True):
    """How long something takes; `n` 0 is at once."""

    n: int
    unit: Literal["hour", "day", "working-day", "month"]
    note: Text | None = None


class NeededMaterial(Value, frozen=True):
    """A paper as one service asks for it."""

    material: str
    originals: int = 0
    copies: int = 0
    need: Literal["always", "sometimes", "later"] = "always"
    when: Text | None = None
    note: Text | None = None


class Step(Value, frozen=True):
    """One thing to do, in order."""

    text: Text
    note: Text | None = None


class FeeItem(Value, frozen=True):
    """One charge in yuan; no amount where it is announced elsewhere."""

    name: Text
    unit: Text
    amount: str | None = None


class Fee(Value, frozen=True):
    """What it costs."""

    charged: bool
    items: tuple[FeeItem, ...] = ()
    note: Text | None = None


class Outcome(Value, frozen=True):
    """What the citizen holds at the end."""

    name: Text
    validity: Text | None = None


class Channel(Value, frozen=True):
    """A way to get it done."""

    via: Literal["counter", "web", "app", "mini-program", "phone", "terminal", "post", "home-visit"]
    title: Text
    interaction: Literal["apply", "pay", "book", "ask", "complain", "look-up"] = "apply"
    url: str | None = None
    phone: str | None = None
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
"""Why the person does not act; `minor` is 16 or 17 years old."""


class ProxyException(Value, frozen=True):
    """A case in which another answer holds than in the rule itself."""

    case: ProxyCase
    allowed: bool = True
    by: tuple[Helper, ...] = ()  # empty: whoever the law makes the guardian
    papers: tuple[str, ...] = ()
    along: bool = False  # the person comes along
    note: Text | None = None


class Collecting(Value, frozen=True):
    """Somebody else may at least fetch the result."""

    papers: tuple[str, ...] = ()
    note: Text | None = None


class ProxyRule(Value, frozen=True):
    """May somebody else come?"""

    allowed: Literal["yes", "partly", "no"]
    reason: Text
    who: tuple[Text, ...] = ()
    helpers: tuple[Helper, ...] = ()  # empty: anybody
    present: tuple[Text, ...] = ()
    papers: tuple[str, ...] = ()
    guardian: Text | None = None
    exceptions: tuple[ProxyException, ...] = ()
    collect: Collecting | None = None
    forbidden: Text | None = None
    home_visit: Text | None = None
    note: Text | None = None


class SituationOption(Value, frozen=True):
    """One answer, and what it changes: papers, or another service that is meant."""

    label: Text
    adds: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    goto: str | None = None
    note: Text | None = None


class Situation(Value, frozen=True):
    """A question that decides what applies to somebody."""

    ask: Text
    options: tuple[SituationOption, ...]


class Relation(Value, frozen=True):
    """A link to another service."""

    service: str
    why: Literal["before", "after", "instead", "urgent", "together", "similar"]


class Question(Value, frozen=True):
    """Asked often."""

    ask: Text
    answer: Text


class Doubt(Value, frozen=True):
    """A fact that is not certain: which field, and why."""

    field: str
    why: str


class Service(Value, frozen=True):
    """What a citizen opens: one errand."""

    id: str
    number: int
    group: str
    category: str
    name: Text
    plain_name: Text
    summary: Text
    provider: str
    popularity: int = 0
    peak_months: tuple[int, ...] = ()
    handling: Literal["at-once", "promised"] | None = None
    legal_time: Duration | None = None
    promised_time: Duration | None = None
    visits: int | None = None
    visit_reason: Text | None = None
    online: Literal["yes", "partly", "no"] | None = None
    conditions: tuple[Text, ...] = ()
    materials: tuple[NeededMaterial, ...] = ()
    steps: tuple[Step, ...] = ()
    fee: Fee | None = None
    outcome: Outcome | None = None
    counters: tuple[str, ...] = ()
    consult: str | None = None
    supervise: str | None = None
    channels: tuple[Channel, ...] = ()
    proxy: ProxyRule | None = None
    situations: tuple[Situation, ...] = ()
    relations: tuple[Relation, ...] = ()
    questions: tuple[Question, ...] = ()
    warnings: tuple[Text, ...] = ()
    doubts: tuple[Doubt, ...] = ()


class EventStep(Value, frozen=True):
    """One service of a life event."""

    service: str
    when: Text | None = None


class EventOption(Value, frozen=True):
    """One answer, and which steps are needed or spared by it."""

    label: Text
    needs: tuple[str, ...] = ()
    spares: tuple[str, ...] = ()


class EventQuestion(Value, frozen=True):
    """A question that decides which steps somebody needs."""

    ask: Text
    options: tuple[EventOption, ...]


class Event(Value, frozen=True):
    """A life event and the services people in it need, in order."""

    id: str
    order: int
    name: Text
    hint: Text
    icon: str
    steps: tuple[EventStep, ...]
    questions: tuple[EventQuestion, ...] = ()


class Bulletin(Value, frozen=True):
    """What everybody must know for a while; moments as ISO 8601 with their distance from UTC."""

    id: str
    title: Text
    text: Text
    valid_from: str
    valid_to: str
    must_read: bool = False
    halls: tuple[str, ...] = ()  # empty: all
    services: tuple[str, ...] = ()  # it concerns them, and stands on their slips
    hides: tuple[str, ...] = ()  # they cannot be done while it is valid
    phone: str | None = None


class Pick(Value, frozen=True):
    """What editors recommend, perhaps only in some halls and months."""

    id: str
    order: int
    service: str
    why: Text
    halls: tuple[str, ...] = ()
    months: tuple[int, ...] = ()


class Edition(Value, frozen=True):
    """Which published catalog this is."""

    collection: str
    version: int
    published: str  # ISO 8601, UTC
    services: int


class Catalog(Protocol):
    """One edition, open for reading. Every answer was proved against the publisher's digest.

    Raises (every method): `kiosk.core.errors.CatalogDamagedError` where a record is not the one
    that was signed.
    """

    @property
    def edition(self) -> Edition:
        """Which edition."""
        ...

    def city(self) -> City:
        """The city."""
        ...

    def groups(self) -> tuple[Group, ...]:
        """All groups, in order."""
        ...

    def categories(self, group: str) -> tuple[Category, ...]:
        """The categories of a group, in order."""
        ...

    def services_of(self, group: str) -> tuple[Service, ...]:
        """The services of a group: by category, then the most used first."""
        ...

    def popular(self, count: int) -> tuple[Service, ...]:
        """The most used services of all, at most two of a group."""
        ...

    def count_of(self, group: str) -> int:
        """How many services a group has."""
        ...

    def most_used(self, count: int) -> tuple[Service, ...]:
        """The most used services, whatever their groups."""
        ...

    def standings(self, count: int) -> tuple[Standing, ...]:
        """How much the most used services are used, the most first; their order is not proved."""
        ...

    def service(self, id: str) -> Service | None:
        """One service."""
        ...

    def service_by_number(self, number: int) -> Service | None:
        """The service with this short number."""
        ...

    def category(self, id: str) -> Category | None:
        """One category."""
        ...

    def group(self, id: str) -> Group | None:
        """One group."""
        ...

    def provider(self, id: str) -> Provider | None:
        """One provider."""
        ...

    def material(self, id: str) -> Material | None:
        """One paper."""
        ...

    def halls(self) -> tuple[Hall, ...]:
        """All halls, in order."""
        ...

    def hall(self, id: str) -> Hall | None:
        """One hall."""
        ...

    def counter(self, id: str) -> Counter | None:
        """One set of counters."""
        ...

    def counters_of(self, hall: str) -> tuple[Counter, ...]:
        """All counters of a hall, by floor and label."""
        ...

    def events(self) -> tuple[Event, ...]:
        """All life events, in order."""
        ...

    def event(self, id: str) -> Event | None:
        """One life event."""
        ...

    def papers(self, count: int) -> tuple[Material, ...]:
        """What most services always ask a person for, the most asked for first; no forms."""
        ...

    def doable(self, in_hand: tuple[str, ...]) -> Doable:
        """What can be done with these papers, of the services that ask for one of them.

        Slower than the other methods: for another thread than the one that draws.
        """
        ...

    def bulletins(self) -> tuple[Bulletin, ...]:
        """All bulletins, whenever and wherever they hold."""
        ...

    def picks(self) -> tuple[Pick, ...]:
        """All recommendations, in order."""
        ...
