"""Who is staff at this machine, how often somebody tried in vain, and what staff did.

Knows digests of PINs and badges, never the secrets themselves, and names of duties, never of
persons. Does not know screens, nor what an order does (`kiosk.staff_room`).

A PIN names a duty all by itself, so two duties never have the same one, and all of them share one
salt: a try is one computation, whoever tries and however many staff there are, and its result is
compared with every digest. What is computed is argon2id over the PIN under a key that lies in a
file of its own: whoever has only the database can try nothing. A million PINs are few, so who has
both files finds them; the numbers are in docs/decisions/0013.
"""

from __future__ import annotations

import hmac
import os
import secrets
import uuid
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from argon2.low_level import Type, hash_secret_raw

from kiosk.core.errors import ConfigError
from kiosk.core.lockout import Moment, Tries
from kiosk.core.staff import (
    PIN_LENGTH,
    ByPin,
    Deed,
    LockedOut,
    Refused,
    SignedIn,
    SignIn,
    Trail,
    Verdict,
    is_guessed_first,
    is_pin,
)
from kiosk.core.value import Value
from kiosk.store.staff_file import STAFF_DB, connect, in_our_words

KEY_FILE = "staff.key"
NAME_MAX = 20
DEEDS_KEPT = 10_000  # as in the trigger below
SIGNED_IN, REFUSED, LOCKED = "signed-in", "refused", "locked"
"""Deeds of whoever signs in; those of orders are in `kiosk.staff_room`."""

_KEY_BYTES = 32
_BOOT_ID = Path("/proc/sys/kernel/random/boot_id")

_TABLES = (
    """CREATE TABLE IF NOT EXISTS staff_salt (
        one INTEGER PRIMARY KEY CHECK (one = 1),
        salt BLOB NOT NULL,
        time_cost INTEGER NOT NULL,
        memory_kib INTEGER NOT NULL,
        lanes INTEGER NOT NULL
    )""",
    """CREATE TABLE IF NOT EXISTS staff (
        name TEXT PRIMARY KEY,
        pin BLOB UNIQUE,
        badge BLOB UNIQUE
    ) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS staff_tries (
        way TEXT PRIMARY KEY, -- pin, badge
        wrong INTEGER NOT NULL,
        locks INTEGER NOT NULL,
        boot TEXT, -- the lock's beginning; null where there is none
        monotonic_s REAL,
        wall_s REAL,
        lock_s REAL NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE IF NOT EXISTS staff_deed (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at INTEGER NOT NULL, -- seconds since 1970, UTC
        who TEXT NOT NULL, -- empty where nobody had signed in
        what TEXT NOT NULL
    )""",
    """CREATE TRIGGER IF NOT EXISTS staff_deed_stays BEFORE UPDATE ON staff_deed
        BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END""",
    """CREATE TRIGGER IF NOT EXISTS staff_deed_is_kept BEFORE DELETE ON staff_deed
        WHEN old.id > (SELECT max(id) FROM staff_deed) - 10000
        BEGIN SELECT RAISE(ABORT, 'the trail is only added to'); END""",
)


class Cost(Value, frozen=True):
    """What a try costs: RFC 9106's memory for small machines, in one lane, under 0.3 s here."""

    time: int = 2
    memory_kib: int = 65536
    lanes: int = 1


class Duty(Value, frozen=True):
    """A duty at the desk, and by what it signs in."""

    name: str
    has_pin: bool
    has_badge: bool


def slow_digest(secret: bytes, salt: bytes, cost: Cost) -> bytes:
    """Argon2id."""
    return hash_secret_raw(
        secret, salt, cost.time, cost.memory_kib, cost.lanes, hash_len=32, type=Type.ID
    )


def clocks(monotonic_s: Callable[[], float], now: Callable[[], datetime]) -> Callable[[], Moment]:
    """Moments of this machine; where it does not tell its starts apart, each program start is one.

    Args:
        monotonic_s: the clock that nobody can set; the same for all programs of one start.
        now: aware time.
    """
    try:
        boot = _BOOT_ID.read_text("ascii").strip()
    except OSError:
        boot = str(uuid.uuid4())
    return lambda: Moment(boot, monotonic_s(), now().timestamp())


class StaffBook:
    """The staff of this machine; used on one thread.

    Raises (every method): `kiosk.core.errors.DiskError` where the files fail.
    """

    def __init__(
        self,
        folder: Path,
        moment: Callable[[], Moment],
        now: Callable[[], datetime],
        cost: Cost | None = None,
        digest: Callable[[bytes, bytes, Cost], bytes] = slow_digest,
    ) -> None:
        """Open the book.

        Args:
            folder: where this machine keeps its files.
            moment: by two clocks, for locks.
            now: aware local time, for the trail.
            cost: of a try, for a book that has no staff yet.
            digest: what makes a try slow.
        """
        self._folder, self._moment, self._now = folder, moment, now
        self._cost, self._digest = cost or Cost(), digest
        self._connection = connect(folder / STAFF_DB, _TABLES)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    # staff --------------------------------------------------------------------------------------

    def duties(self) -> tuple[Duty, ...]:
        """All of them, by name."""
        rows = self._rows("SELECT name, pin NOTNULL, badge NOTNULL FROM staff ORDER BY name")
        return tuple(Duty(name, bool(pin), bool(badge)) for name, pin, badge in rows)

    def set_pin(self, name: str, pin: str) -> None:
        """Give a duty a PIN, in place of the one it had; a duty that is not known becomes one.

        Raises:
            ConfigError: the name or the PIN is not fit, or another duty has that PIN.
        """
        if not is_pin(pin):
            raise ConfigError(f"a PIN has {PIN_LENGTH} digits")
        if is_guessed_first(pin):
            raise ConfigError("whoever guesses tries this PIN first; choose another one")
        self._keep(_fit(name), "pin", self._slow(pin))

    def set_badge(self, name: str, badge: str) -> None:
        """Give a duty a badge, in place of the one it had.

        Raises:
            ConfigError: the name is not fit, nothing was read, or another duty has that badge.
        """
        if not badge.strip():
            raise ConfigError("no badge was read")
        self._keep(_fit(name), "badge", self._quick("badge", badge.strip()))

    def remove(self, name: str) -> bool:
        """Whether there was such a duty; from now on nobody signs in as it."""
        with in_our_words(), self._connection as connection:
            found = connection.execute("DELETE FROM staff WHERE name = ?", (name,)).rowcount
        return bool(found)

    def _keep(self, name: str, column: str, digest: bytes) -> None:
        insert = (
            f"INSERT INTO staff (name, {column}) VALUES (?, ?) "  # noqa: S608 — ours
            f"ON CONFLICT (name) DO UPDATE SET {column} = excluded.{column}"
        )
        with in_our_words(), self._connection as connection:
            taken = connection.execute(
                f"SELECT name FROM staff WHERE {column} = ? AND name <> ?",  # noqa: S608 — ours
                (digest, name),
            ).fetchone()
            if taken is not None:
                raise ConfigError(f"another duty has this {column}; choose another one")
            connection.execute(insert, (name, digest))

    # signing in ---------------------------------------------------------------------------------

    def check(self, who: SignIn) -> Verdict:
        """Whether somebody is staff; a try that is cut short counts as a wrong one."""
        way, secret = ("pin", who.pin) if isinstance(who, ByPin) else ("badge", who.badge.strip())
        now = self._moment()
        tries = self._tries(way).rebased(now)
        if tries.locked_s(now):
            self._remember(way, tries)
            return self._locked(tries, now)
        known = self._rows(f"SELECT name, {way} FROM staff WHERE {way} NOTNULL")  # noqa: S608
        if not known:
            return LockedOut(None)
        tries = tries.failed(now)
        self._remember(way, tries)
        digest = self._slow(secret) if way == "pin" else self._quick(way, secret)
        found = [name for name, kept in known if hmac.compare_digest(kept, digest)]
        if found:
            self._remember(way, Tries())
            self.note(found[0], SIGNED_IN)
            return SignedIn(found[0])
        self.note("", LOCKED if tries.locked_s(now) else REFUSED)
        return self._locked(tries, now) if tries.locked_s(now) else Refused(tries.left)

    def locked_until(self) -> datetime | None:
        """Until when no PIN is looked at; None where one is."""
        now = self._moment()
        locked_s = self._tries("pin").locked_s(now)
        return self._now() + timedelta(seconds=locked_s) if locked_s else None

    def _locked(self, tries: Tries, now: Moment) -> LockedOut:
        return LockedOut(self._now() + timedelta(seconds=tries.locked_s(now)))

    def _tries(self, way: str) -> Tries:
        rows = self._rows(
            "SELECT wrong, locks, boot, monotonic_s, wall_s, lock_s FROM staff_tries WHERE way = ?",
            way,
        )
        if not rows:
            return Tries()
        wrong, locks, boot, monotonic_s, wall_s, lock_s = rows[0]
        since = None if boot is None else Moment(boot, monotonic_s, wall_s)
        return Tries(wrong, locks, since, lock_s)

    def _remember(self, way: str, tries: Tries) -> None:
        since = tries.since
        begun = (
            (None, None, None) if since is None else (since.boot, since.monotonic_s, since.wall_s)
        )
        with in_our_words(), self._connection as connection:
            connection.execute(
                "INSERT OR REPLACE INTO staff_tries VALUES (?, ?, ?, ?, ?, ?, ?)",
                (way, tries.wrong, tries.locks, *begun, tries.lock_s),
            )

    # secrets ------------------------------------------------------------------------------------

    def _slow(self, pin: str) -> bytes:
        salt, cost = self._salted()
        return self._digest(self._quick("pin", pin), salt, cost)

    def _quick(self, way: str, secret: str) -> bytes:
        return hmac.digest(self._key(), f"{way}\0{secret}".encode(), "sha256")

    def _salted(self) -> tuple[bytes, Cost]:
        """The salt of this machine, and the cost that its digests were made at."""
        made = (
            1,
            secrets.token_bytes(16),
            self._cost.time,
            self._cost.memory_kib,
            self._cost.lanes,
        )
        with in_our_words(), self._connection as connection:
            connection.execute("INSERT OR IGNORE INTO staff_salt VALUES (?, ?, ?, ?, ?)", made)
        rows = self._rows("SELECT salt, time_cost, memory_kib, lanes FROM staff_salt")
        salt, *cost = rows[0]
        return salt, Cost(*cost)

    def _key(self) -> bytes:
        """The key of this machine's digests; made before the first one, never again."""
        file = self._folder / KEY_FILE
        with in_our_words():
            if not file.exists() and not self._rows("SELECT 1 FROM staff"):
                _write_once(file, secrets.token_bytes(_KEY_BYTES))
            key = file.read_bytes()
            if len(key) != _KEY_BYTES:
                raise OSError(f"{file} has no key")
        return key

    # the trail ----------------------------------------------------------------------------------

    def note(self, who: str, what: str) -> None:
        """Write down what somebody did; on disk when this returns."""
        at = int(self._now().timestamp())
        with in_our_words(), self._connection as connection:
            row = connection.execute(
                "INSERT INTO staff_deed (at, who, what) VALUES (?, ?, ?)", (at, who, what)
            )
            connection.execute(
                "DELETE FROM staff_deed WHERE id <= ?", ((row.lastrowid or 0) - DEEDS_KEPT,)
            )

    def trail(self, count: int) -> Trail:
        """The newest deeds, newest first."""
        rows = self._rows("SELECT at, who, what FROM staff_deed ORDER BY id DESC LIMIT ?", count)
        zone = self._now().tzinfo
        return tuple(
            Deed(datetime.fromtimestamp(at, UTC).astimezone(zone).isoformat(), who, what)
            for at, who, what in rows
        )

    def sign_ins_since(self, moment: datetime) -> int:
        """How often somebody was let in."""
        count = "SELECT count(*) FROM staff_deed WHERE what = ? AND at >= ?"
        return int(self._rows(count, SIGNED_IN, int(moment.timestamp()))[0][0])

    def _rows(self, statement: str, *values: str | int) -> list[tuple[Any, ...]]:
        with in_our_words():
            return self._connection.execute(statement, values).fetchall()


def _fit(name: str) -> str:
    name = " ".join(name.split())
    if not 0 < len(name) <= NAME_MAX or not name.isprintable():
        raise ConfigError(f"a duty has a name of 1 to {NAME_MAX} signs, like 导服台 2")
    return name


def _write_once(file: Path, content: bytes) -> None:
    """Whole or not at all, for nobody else to read."""
    part = file.with_name(f"{file.name}.part")
    part.unlink(missing_ok=True)
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    part.replace(file)
