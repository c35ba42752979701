"""The catalog as citizens meet it: services, groups, halls, papers, as frozen values.

Knows what a screen may show of a record. Does not know where records are kept or who signed them
(`kiosk.store`). The classes mirror the published records field by field, as far as they are
shown: the store decodes published bytes straight into them.
"""

from __future__ import annotations

from typing import Literal, Protocol

from kiosk.core.value import Value


class Text(Value, frozen=True):
    """Words in the languages of the city."""

    zh: str
    en: str = ""

    def get(self, language: str) -> str:
        """The words in a language; Chinese where the catalog has no other."""
        return (self.en if language == "en" else "") or self.zh


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


class ProxyRule(Value, frozen=True):
    """May somebody else come?"""

    allowed: Literal["yes", "partly", "no"]
    reason: Text
    who: tuple[Text, ...] = ()
    present: tuple[Text, ...] = ()
    papers: tuple[str, ...] = ()
    guardian: Text | None = None
    home_visit: Text | None = None


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
    relations: tuple[Relation, ...] = ()
    questions: tuple[Question, ...] = ()
    warnings: tuple[Text, ...] = ()
    doubts: tuple[Doubt, ...] = ()


class EventStep(Value, frozen=True):
    """One service of a life event."""

    service: str
    when: Text | None = None


class Event(Value, frozen=True):
    """A life event and the services people in it need, in order."""

    id: str
    order: int
    name: Text
    hint: Text
    icon: str
    steps: tuple[EventStep, ...]


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

    def events(self) -> tuple[Event, ...]:
        """All life events, in order."""
        ...

    def event(self, id: str) -> Event | None:
        """One life event."""
        ...
