"""Where the key of an employee's store comes from: the keyring, or a passphrase, or nowhere. Blocking: key worker only.

Never from a plain file. What was asked for one sign-in holds for that sign-in.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from kcs_desktop.cache.terzijde import CACHE, WERK, Reden, Terzijde, erase_with_asides, move_aside, write_note
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.sleutelvraag import Sleutelvraag
from kcs_desktop.domain.wachtzin import check_passphrase
from kcs_desktop.security.sleutelbos import KeyringFault, KeyringLocked, Sleutelbos
from kcs_desktop.security.sleutels import KEY_LENGTH, find_key, keep_key, make_key
from kcs_desktop.security.wachtzin import key_file, unwrap, wrap


class Sleutel(msgspec.Struct, frozen=True):
    """`is_lost`: work was kept here under another key, which is gone."""

    waarde: bytes
    is_lost: bool = False


class Bewaarsleutel:
    """One per seat."""

    def __init__(self, profile: Path, bos: Sleutelbos, clock: Callable[[], datetime]) -> None:
        self._profile = profile
        self._bos = bos
        self._clock = clock
        self._gegeven: dict[str, Sleutel] = {}
        self._zonder: set[str] = set()  # who chose to keep nothing, in this run of the window

    def question(self, winkel: str) -> Sleutelvraag | None:
        """What must be asked before the store can be opened; None when the key is at hand or nothing is kept."""
        if winkel in self._zonder:
            return None
        if key_file(self._profile, winkel).is_file():
            return Sleutelvraag("Uw werk op deze werkplek is beveiligd met uw wachtzin.", bekend=True)
        try:
            find_key(self._bos, winkel)
        except KeyringFault as fout:
            return Sleutelvraag(str(fout), op_slot=isinstance(fout, KeyringLocked), werk_dicht=self._has_work(winkel))
        return None

    def unlock_keyring(self) -> None:
        """Let the desktop ask for the keyring's password; raises KeyringFault when it stays locked."""
        self._bos.unlock()

    def use_passphrase(self, winkel: str, wachtzin: str) -> None:
        """Open with the passphrase chosen before, or choose this one; raises InvalidInput with what is wrong."""
        path = key_file(self._profile, winkel)
        if path.is_file():
            waarde = unwrap(path, wachtzin)
            self._gegeven[winkel] = Sleutel(waarde)
            self._move_to_keyring(winkel, waarde)
            return
        check_passphrase(wachtzin)
        waarde = secrets.token_bytes(KEY_LENGTH)
        try:
            wrap(path, wachtzin, waarde)
        except OSError as fout:
            raise InvalidInput(
                "Er kan niets op deze computer worden bewaard: de schijf is vol of alleen-lezen.", field="wachtzin"
            ) from fout
        self._gegeven[winkel] = Sleutel(waarde, is_lost=self._has_work(winkel))

    def forget_passphrase(self, winkel: str) -> None:
        """Nobody knows it any more: work and wrapped key are set aside together, the cache is erased."""
        with suppress(OSError):
            if self._has_work(winkel):
                terzijde = move_aside(self._path(WERK, winkel), self._clock())
                write_note(self._profile, Terzijde(Reden.SLEUTEL_WEG, terzijde.name))
            move_aside(key_file(self._profile, winkel), self._clock())
            erase_with_asides(self._path(CACHE, winkel))

    def keep_nothing(self, winkel: str) -> None:
        """The employee goes on without anything being kept."""
        self._zonder.add(winkel)

    def take(self, winkel: str) -> Sleutel:
        """The key for this sign-in, made where the keyring has none; raises KeyringFault where there can be none."""
        if winkel in self._gegeven:
            return self._gegeven.pop(winkel)
        if key_file(self._profile, winkel).is_file():
            raise KeyringFault("Uw werk op deze werkplek is beveiligd met een wachtzin, en die is niet gegeven.")
        bekend = find_key(self._bos, winkel)
        return Sleutel(bekend) if bekend else Sleutel(make_key(self._bos, winkel), is_lost=self._has_work(winkel))

    def _move_to_keyring(self, winkel: str, waarde: bytes) -> None:
        """There is a keyring now: the employee need not type any more. One that has another key keeps that."""
        with suppress(KeyringFault, OSError):
            if find_key(self._bos, winkel) in {None, waarde}:
                keep_key(self._bos, winkel, waarde)
                key_file(self._profile, winkel).unlink()

    def _has_work(self, winkel: str) -> bool:
        return self._path(WERK, winkel).is_file()

    def _path(self, soort: str, winkel: str) -> Path:
        return self._profile / f"{soort}{winkel}.db"
