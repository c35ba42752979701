"""What somebody searches for, as far as it is typed, written, said and answered.

Knows the search words, how they came about and the results of the last ones. Does not know how a
search, ink or a voice is read (`kiosk.search`, `kiosk.devices.dictation`), nor where on the screen
it is asked.
"""

from __future__ import annotations

from kiosk.core import routes
from kiosk.core.entry import Draft, Pad, Reading
from kiosk.core.results import Results
from kiosk.core.value import Value, field, replace

QUERY_MAX = 40  # signs; a paste or a barcode reader must not fill the screen
ASKING = (routes.SearchPage, routes.StaffFindPage)
"""Where what is typed is searched for."""


class Asking(Value, frozen=True):
    """Search words and what has become of them."""

    query: str = ""
    preedit: str = ""  # what an input method has not settled yet; it is searched for as well
    also_heard: tuple[str, ...] = ()  # what else the spoken query may have been
    results: Results | None = None
    pad: Pad = Pad.LETTERS
    as_typewriter: bool = False  # the order of the letters
    draft: Draft = field(default_factory=Draft)
    reading: Reading | None = None
    listening: bool = False
    not_heard: bool = False  # listened, and understood nothing

    @property
    def asked(self) -> str:
        """What is searched for: settled words and those that are being composed."""
        return (self.query + self.preedit)[:QUERY_MAX]

    def write(self, text: str) -> Asking:
        """Other search words; the results of the old ones stay until new ones come."""
        return self._ask(_printable(text)[:QUERY_MAX].lstrip(), Draft())

    def erase(self) -> Asking:
        """Take back the last thing: a stroke or a line of what is being written, else a sign."""
        if self.draft.is_empty:
            return self.write(self.query[:-1])
        draft = self.draft.undone()
        if draft.is_empty:
            return self.write(draft.settled)
        return self._ask(self.query, draft)

    def compose(self, preedit: str) -> Asking:
        """Words that an input method is still asking about, beside those that are settled."""
        composing = replace(self, preedit=_printable(preedit)[:QUERY_MAX])
        return composing if composing.asked else replace(composing, results=None)

    def choose_pad(self, pad: Pad) -> Asking:
        """Another way to ask; the words stay, what was half written does not."""
        return replace(self.write(self.query), pad=pad)

    def scribble(self, draft: Draft) -> Asking:
        """More of what is being written, after the words that were there when it began."""
        begun = replace(draft, settled=self.query) if self.draft.is_empty else draft
        return self._ask(self.query, begun)

    def read(self, reading: Reading) -> Asking:
        """What the draft may be; late readings of another one are dropped."""
        if reading.draft != self.draft:
            return self
        if not reading.is_word:
            return replace(self, reading=reading)
        likeliest = (self.draft.settled + reading.words[0])[:QUERY_MAX]
        return replace(self._ask(likeliest, self.draft), reading=reading)

    def listen(self, begins: bool) -> Asking:
        """Begin to listen, or stop."""
        return replace(self.write("") if begins else self, listening=begins)

    def hear(self, texts: tuple[str, ...]) -> Asking:
        """What was said, the likeliest first; nothing where it was not understood."""
        if not self.listening:
            return self
        if not texts:
            return replace(self, listening=False, not_heard=True)
        heard = replace(self, listening=False).write(texts[0])
        return replace(heard, also_heard=texts[1:])

    def found(self, results: Results) -> Asking:
        """Results of a search; late ones of older words are dropped."""
        return replace(self, results=results) if results.query == self.asked else self

    def left(self) -> Asking:
        """As it is elsewhere: nobody listens there, and an input method has nothing to settle."""
        return replace(self, listening=False, preedit="")

    def _ask(self, query: str, draft: Draft) -> Asking:
        return replace(
            self,
            query=query,
            preedit="",
            also_heard=(),
            results=self.results if query else None,
            draft=draft,
            reading=self.reading if self.reading and not draft.is_empty else None,
            not_heard=False,
        )


def _printable(text: str) -> str:
    return "".join(sign for sign in text if sign.isprintable())
