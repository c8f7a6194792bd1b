"""One encrypted store: open, migrate, set aside what cannot be used, and go on in memory while the disk refuses.

A file that is damaged, foreign or closed to this key is renamed and reported, never deleted; what can still be read
from it goes into the new one.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlcipher3 import dbapi2

from kcs_desktop.cache.redding import copy_rows, merge_rows, rescue, rescue_headless
from kcs_desktop.cache.schema import Schema, connect, has_shape, migrate, open_encrypted
from kcs_desktop.cache.storing import Storing, look_at_disk, may_lack_a_table, storing_of, storing_of_disk
from kcs_desktop.cache.terzijde import Reden, Terzijde, erase_with_asides, move_aside, write_note

T = TypeVar("T")

RETRY = 5.0  # seconds between tries to get back to a disk that refused
CHECKED_AT_OPEN = 32_000_000  # bytes; a larger file is not read through first, damage shows when it is met
COPIED_AT_MOST = 256_000_000  # bytes of a file that is copied to be read elsewhere; a larger one is read where it is
_ELSEWHERE = (None, "/dev/shm")  # noqa: S108 -- the system's folder for such things, else memory; a private one is made in it
_PLAIN = b"SQLite format 3\x00"
_REFUSES = frozenset({Storing.VOL, Storing.ALLEEN_LEZEN, Storing.SCHIJF})


class InUse(Exception):
    """Another window holds this store."""


class Bestand:
    """One store on disk, or in memory where `path` is None. Used from the worker thread only.

    `terzijde` tells what was set aside, `buiten` why it works in memory for now; `on_change` runs when either changes.
    """

    def __init__(
        self,
        schema: Schema,
        path: Path | None,
        key: bytes,
        clock: Callable[[], datetime],
        on_change: Callable[[], None] = lambda: None,
    ) -> None:
        self.schema = schema
        self.path = path
        self.terzijde: Terzijde | None = None
        self.buiten: Storing | None = None
        self.generation = 0  # of the connection: what was built on an older one must be built anew
        self._key = key
        self._clock = clock
        self._on_change = on_change
        self._connection: dbapi2.Connection | None = None
        self._file: dbapi2.Connection | None = None  # held while the work is in memory
        self._later: list[Callable[[dbapi2.Connection], object]] = []  # done in memory, still to be done in the file
        self._aside: tuple[Path, Reden] | None = None  # set aside, and not read into a new file yet
        self._is_whole = True  # the memory holds everything that the file held when it was left
        self._next_try = 0.0
        self._must_erase = False  # the disk refused it: the old content must not come back when it no longer does

    @property
    def db(self) -> dbapi2.Connection:
        if self._connection is None:
            raise dbapi2.OperationalError("the store is closed")
        return self._connection

    def open(self) -> None:
        """Open or make the store, whatever stands there; raises InUse when another window holds it."""
        try:
            self._use(self._opened())
        except _Unusable as fout:
            self._begin_anew(fout.reden)
        except (OSError, dbapi2.Error) as fout:
            self._drop_empty()
            self._go_outside(_refusal(fout))

    def close(self) -> bool:
        """Close; False when what is in memory could not be saved."""
        self.save_again(now=True)
        for verbinding in (self._connection, self._file):
            if verbinding is not None:
                verbinding.close()
        is_saved = self.buiten is None
        self._connection = self._file = self.buiten = None
        return is_saved

    def guard(self, werk: Callable[[], T]) -> T:
        """Do `werk`; when file or disk refuses, mend that and do it again. `werk` is one transaction, or only reads."""
        self.save_again()
        try:
            return werk()
        except Exception as fout:
            storing = Storing.BESCHADIGD if self._lacks_a_table(fout) else storing_of(fout)
            if storing is None or not self._mend(storing):
                raise
        return werk()

    def save_again(self, *, now: bool = False) -> None:
        """Back to the file when there is room again; tried every few seconds, or `now`."""
        if self.buiten is None or (not now and time.monotonic() < self._next_try):
            return
        self._next_try = time.monotonic() + RETRY
        file = self._file
        try:
            if file is None:
                self._erase_again()
                file = self._opened()
            self._put_back(file)
        except _Unusable as fout:
            self._set_aside_while_outside(fout.reden)
        except (OSError, InUse, dbapi2.Error) as fout:
            if file is not None and file is not self._file:
                file.close()
            if not isinstance(fout, InUse):
                self._drop_empty()
        else:
            self._file = self.buiten = self._aside = None
            self._later.clear()
            self._use(file)
            self._on_change()

    @property
    def is_whole(self) -> bool:
        """Whether what it works with in memory is everything that the file holds."""
        return self._is_whole

    @contextmanager
    def transaction(self) -> Iterator[dbapi2.Connection]:
        """Everything in the block, or nothing."""
        with transaction_on(self.db) as db:
            yield db

    def note(self, change: Callable[[dbapi2.Connection], object]) -> None:
        """This was done to rows by their name. Where the file may hold rows that the memory does not, it must be done
        there too on the way back: what was let go of, or has its outcome, must not rise again."""
        if self.may_hold_more:
            self._later.append(change)

    @property
    def may_hold_more(self) -> bool:
        """Whether the file, which cannot be used now, may hold rows that the memory does not."""
        return self.buiten is not None and self._file is None

    def replace(self) -> bool:
        """Erase the file with everything that was set aside of it, and begin an empty one.

        False where the disk refuses; then it is tried again until the store is closed, and nothing of it is shown.
        """
        for verbinding in (self._connection, self._file):
            if verbinding is not None:
                verbinding.close()
        self._connection = self._file = self.terzijde = self.buiten = self._aside = None
        self._later.clear()
        self._must_erase = self.path is not None
        try:
            self._erase_again()
            self._use(self._opened())
        except (OSError, dbapi2.Error) as fout:
            self._go_outside(_refusal(fout))
        return not self._must_erase

    # inside

    def _erase_again(self) -> None:
        if self._must_erase and self.path is not None:
            erase_with_asides(self.path)
            self._must_erase = False

    def _use(self, verbinding: dbapi2.Connection) -> None:
        oud, self._connection = self._connection, verbinding
        self.generation += 1
        if oud is not None and oud is not self._file:
            oud.close()

    def _mend(self, storing: Storing) -> bool:
        if self.path is None or self.buiten is not None:
            return False
        if storing is Storing.BESCHADIGD:
            self._begin_anew(Reden.BESCHADIGD)
            return True
        if storing is Storing.SCHIJF or (storing in _REFUSES and not self.schema.may_stop):
            self._go_outside(storing)
            return True
        return False

    def _lacks_a_table(self, fout: Exception) -> bool:
        return may_lack_a_table(fout) and self._connection is not None and not has_shape(self.db, self.schema)

    def _drop_empty(self) -> None:
        """A file that was made and could not be filled: left behind it would look like one that lost its content."""
        with suppress(OSError):
            if self.path is not None and self.path.stat().st_size == 0:
                self.path.unlink()

    def _opened(self) -> dbapi2.Connection:
        path = self.path
        if path is not None and path.is_file():
            kop = _head(path)
            if kop == _PLAIN:
                raise _Unusable(Reden.VREEMD)
            if not kop and _size(Path(f"{path}-wal")):
                raise _Unusable(Reden.BESCHADIGD)
        db = None
        try:
            # Opening may read already: what is wrong with the file can show in either step.
            db = open_encrypted(path, self._key)
            self._prepare(db)
        except BaseException as fout:
            if db is not None:
                db.close()
            storing = storing_of(fout)
            if storing is Storing.BEZET:
                raise InUse(self.schema.naam) from fout
            # Neither the disk nor another window: then what stands in it is not what it should be.
            if isinstance(fout, dbapi2.Error) and storing not in _REFUSES:
                raise _Unusable(Reden.BESCHADIGD) from fout
            raise
        return db

    def _prepare(self, db: dbapi2.Connection) -> None:
        if self.schema.exclusive:
            db.execute("PRAGMA locking_mode=EXCLUSIVE")
        versie = db.execute("PRAGMA user_version").fetchone()[0]
        kenmerk = db.execute("PRAGMA application_id").fetchone()[0]
        leeg = db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0
        if not leeg and kenmerk != self.schema.kenmerk:
            raise _Unusable(Reden.VREEMD)
        if versie > len(self.schema.stappen):
            raise _Unusable(Reden.NIEUWER)
        if self.path is not None:
            is_small = self.path.stat().st_size <= CHECKED_AT_OPEN
            if not leeg and is_small and db.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise _Unusable(Reden.BESCHADIGD)
            db.execute("PRAGMA journal_mode=WAL")
        db.execute(f"PRAGMA synchronous={self.schema.synchronous}")
        migrate(db, self.schema, versie)
        if not has_shape(db, self.schema):
            raise _Unusable(Reden.BESCHADIGD)

    def _begin_anew(self, reden: Reden) -> None:
        """Set the file aside, make a new one, and take over what can be read."""
        for verbinding in (self._connection, self._file):
            if verbinding is not None:
                verbinding.close()
        self._connection = self._file = None
        oud = self.path
        nieuw: dbapi2.Connection | None = None
        try:
            oud = self._set_aside(reden)
            self._aside = (oud, reden)
            nieuw = self._opened()
            with transaction_on(nieuw):
                self._take_over(nieuw)
        except (OSError, dbapi2.Error) as fout:
            if nieuw is not None:
                nieuw.close()
            self._go_outside(_refusal(fout), oud)
        else:
            self._aside = None
            self._use(nieuw)
            self._on_change()

    def _take_over(self, nieuw: dbapi2.Connection) -> None:
        """Every row that can be read from the file that was set aside, inside the caller's transaction."""
        if self._aside is None or self._aside[1] is Reden.VREEMD or not self.schema.tabellen:
            return
        oud, reden = self._aside
        redding = rescue(oud, self._key, nieuw, self.schema)
        if not redding.is_heel and not any(redding.gered.values()):
            redding = rescue_headless(oud, self._key, nieuw, self.schema)
        self.terzijde = Terzijde(reden, oud.name, redding.gered)
        write_note(oud.parent, self.terzijde)

    def _set_aside(self, reden: Reden) -> Path:
        if self.path is None:
            raise ValueError("a store in memory has no file")
        oud = move_aside(self.path, self._clock())
        self.terzijde = Terzijde(reden, oud.name)
        write_note(oud.parent, self.terzijde)
        return oud

    def _go_outside(self, storing: Storing, lees: Path | None = None) -> None:
        """Work in memory, with everything that the file (or the one set aside, `lees`) holds and can be read."""
        geheugen = connect(None, b"")
        migrate(geheugen, self.schema, 0)
        bron, self._is_whole = self._connection, True
        if storing is Storing.SCHIJF and bron is not None:
            bron.close()
            bron = self._connection = None
        if storing is Storing.SCHIJF and self.path is not None:
            storing = look_at_disk(self.path.parent)
        lees = lees or self.path
        with transaction_on(geheugen):
            if bron is not None:
                copy_rows(bron, geheugen, self.schema.tabellen)
            elif lees is not None and not self._must_erase:
                self._is_whole = self._read_elsewhere(lees, geheugen)
        self._file = bron
        self._use(geheugen)
        self.buiten = storing
        self._next_try = time.monotonic() + RETRY
        self._on_change()

    def _read_elsewhere(self, path: Path, geheugen: dbapi2.Connection) -> bool:
        """Through an encrypted copy: to read a file SQLite writes beside it, which this disk refuses.

        Where no copy fits, from the file itself, without its journal.
        """
        try:
            if not path.is_file():
                return True
            if path.stat().st_size <= COPIED_AT_MOST:
                for folder in _ELSEWHERE:
                    with suppress(OSError), tempfile.TemporaryDirectory(prefix="kcs-", dir=folder) as elders:
                        kopie = Path(elders) / path.name
                        for deel in ("", "-wal"):
                            if Path(f"{path}{deel}").exists():
                                shutil.copyfile(f"{path}{deel}", f"{kopie}{deel}")
                        return rescue(kopie, self._key, geheugen, self.schema).is_heel
            is_heel = rescue(path, self._key, geheugen, self.schema, is_still=True).is_heel
            return is_heel and not _size(Path(f"{path}-wal"))
        except OSError:
            return False

    def _put_back(self, file: dbapi2.Connection) -> None:
        """A file that was held all the while gets what the memory holds; any other keeps what the memory never had."""
        with transaction_on(file):
            if self._file is not None:
                copy_rows(self.db, file, self.schema.tabellen)
                return
            self._take_over(file)
            if self.schema.may_stop:
                return  # nothing was kept meanwhile
            for change in self._later:
                change(file)
            merge_rows(self.db, file, self.schema.tabellen)

    def _set_aside_while_outside(self, reden: Reden) -> None:
        """The file turned out unusable: next time a new one is made, and the memory goes into it."""
        try:
            self._aside = (self._set_aside(reden), reden)
        except OSError:
            return
        self._next_try = 0.0
        self._on_change()


class _Unusable(Exception):
    """The file cannot be used."""

    def __init__(self, reden: Reden) -> None:
        self.reden = reden
        super().__init__(reden.value)


@contextmanager
def transaction_on(db: dbapi2.Connection) -> Iterator[dbapi2.Connection]:
    """Everything in the block, or nothing."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield db
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _head(path: Path) -> bytes:
    with path.open("rb") as bestand:
        return bestand.read(len(_PLAIN))


def _refusal(fout: OSError | dbapi2.Error) -> Storing:
    storing = storing_of_disk(fout) if isinstance(fout, OSError) else storing_of(fout)
    if storing not in _REFUSES:
        raise fout
    return storing


def _size(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0
