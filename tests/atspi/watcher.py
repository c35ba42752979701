"""A small client of the accessibility bus: reads JSON commands on stdin, answers on stdout.

Runs on the distribution's Python, outside the kiosk and without any of its code: what it sees is
what a screen reader would see.
"""

import json
import sys
import traceback

import pyatspi
from gi.repository import Atspi, GLib

APPLICATION = "kiosk"
_LOOK_MS = 20
_SETTLED_MS = 200  # Qt presses a button 100 ms after it was asked to, if it is still there then
_PATIENCE_MS = 10_000
_KEYS = {"Tab": 0xFF09, "Down": 0xFF54, "Up": 0xFF52, "Return": 0xFF0D}  # X keysyms


class Watcher:
    """Knows the tree of one application, and remembers where the focus went."""

    def __init__(self):
        self.focused = []
        self.loop = GLib.MainLoop()
        pyatspi.Registry.registerEventListener(self._on_focus, "object:state-changed:focused")

    def _on_focus(self, event):
        if event.detail1:
            self.focused.append(event.source.name)

    # what can be asked ----------------------------------------------------------------------

    def screen(self, title):
        """Everything that shows, once the screen with this title is there."""
        return self._until(lambda: self._screen(title), title)

    def settled(self):
        """Everything that shows, once nothing changes any more."""
        self._settle()
        return [self._facts(one) for one in self._showing()]

    def shown(self, words):
        """The first thing that shows and has these words in its name, once it is there."""
        return self._until(lambda: self._with(words), words)

    def press(self, title):
        """Press what has this title, by its first action, once nothing changes any more."""
        self._settle()
        return self._until(lambda: self._press(title), title)

    def key(self, name):
        """Press and release a key at the X server; which control said that it has the focus now."""
        self.focused = []
        Atspi.generate_keyboard_event(_KEYS[name], None, Atspi.KeySynthType.SYM)
        return self._until(lambda: self.focused and self.focused[-1], f"a focus after {name}")

    # how it is found ------------------------------------------------------------------------

    def _application(self):
        desktop = pyatspi.Registry.getDesktop(0)
        for application in desktop:
            if application is not None and application.name == APPLICATION:
                return application
        return None

    def _screen(self, title):
        """Its title is on it, and not on a button that leads there."""
        nodes = [self._facts(one) for one in self._showing()]
        titles = [node["name"] for node in nodes if "focusable" not in node["states"]]
        return nodes if title in titles else None

    def _press(self, title):
        found = self._named(title)
        return found is not None and found.queryAction().doAction(0)

    def _with(self, words):
        nodes = (self._facts(one) for one in self._showing() if words in one.name)
        return next(nodes, None)

    def _named(self, title):
        """What can be pressed and is called so; its name may say more than its title."""
        pressable = (one for one in self._showing() if "Action" in pyatspi.listInterfaces(one))
        named = (one for one in pressable if one.name.startswith(title))
        return min(named, key=lambda one: len(one.name), default=None)

    def _showing(self):
        application = self._application()
        return list(_walk(application)) if application is not None else []

    def _facts(self, one):
        states = [pyatspi.stateToString(state) for state in one.getState().getStates()]
        interfaces = pyatspi.listInterfaces(one)
        facts = {"name": one.name, "role": one.getRoleName(), "states": states}
        if "Component" in interfaces:
            facts["place"] = list(one.queryComponent().getExtents(pyatspi.DESKTOP_COORDS))
        if "Action" in interfaces:
            action = one.queryAction()
            facts["actions"] = [action.getName(n) for n in range(action.nActions)]
        return facts

    def _settle(self):
        """Wait until everything has stood still for a moment."""
        seen, since_ms = None, 0

        def stands_still():
            nonlocal seen, since_ms
            now, now_ms = [self._facts(one) for one in self._showing()], _now_ms()
            if now != seen:
                seen, since_ms = now, now_ms
            return now_ms - since_ms >= _SETTLED_MS

        self._until(stands_still, "rest")

    def _until(self, look, what):
        """Look again and again while the bus goes on, for some seconds."""
        found, waiting = None, GLib.MainLoop()
        deadline_ms = _now_ms() + _PATIENCE_MS

        def once():
            nonlocal found
            try:
                found = look()
            except GLib.GError:
                found = None  # it went away while it was looked at
            if found or _now_ms() > deadline_ms:
                waiting.quit()
                return False
            return True

        GLib.timeout_add(_LOOK_MS, once)
        waiting.run()
        if not found:
            seen = [(node["role"], node["name"]) for node in map(self._facts, self._showing())]
            raise LookupError(f"{what!r} did not come; there are {seen}")
        return found

    # the conversation -----------------------------------------------------------------------

    def run(self):
        """Answer until stdin ends."""
        channel = GLib.IOChannel.unix_new(sys.stdin.fileno())
        GLib.io_add_watch(channel, GLib.IO_IN | GLib.IO_HUP, self._on_command)
        self.loop.run()

    def _on_command(self, _channel, _condition):
        line = sys.stdin.readline()
        if not line:
            self.loop.quit()
            return False
        asked = json.loads(line)
        try:
            told = {"answer": getattr(self, asked.pop("command"))(**asked)}
        except Exception:
            told = {"error": traceback.format_exc()}
        sys.stdout.write(json.dumps(told) + "\n")
        sys.stdout.flush()
        return True


def _now_ms():
    return GLib.get_monotonic_time() / 1000


def _walk(node):
    """A node and everything below it that shows; below what is hidden nothing counts."""
    if node is None or not node.getState().contains(pyatspi.STATE_SHOWING):
        return
    yield node
    for child in node:
        yield from _walk(child)


Watcher().run()
