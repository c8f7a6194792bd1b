"""After each return to the seat: are the open contacts as they were a second before the process died?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from tests.faults.journal import Entry
from tests.faults.told import Kill, is_on_disk


class State(msgspec.Struct):
    """A contact as it was typed at `op`. `is_kept`: the window did not say that it was in memory only."""

    op: float
    contact: dict[str, Any]
    is_kept: bool
    run: int


class History(msgspec.Struct):
    """What was typed in one contact, in order, and how it ended."""

    states: list[State] = []
    typing: dict[str, Any] | None = None  # about to be typed when the journal ends
    closing: float = 0.0  # the first moment at which it may be gone
    closed: float = 0.0  # the moment at which that was told
    by: str = ""  # the command that it became
    is_closed_on_disk: bool = False
    may_be_open: bool = False  # it was being taken back, and nobody heard whether it was
    closed_run: int = 0
    is_reopened: bool = False  # taken back: on disk it is what the command held, until it is written again


class Reading:
    """One seat's journal, read line by line."""

    what = "contact"

    def __init__(self, seat: int, kills: Sequence[Kill]) -> None:
        self.violations: list[str] = []
        self.required: set[str] = set()
        self._seat = seat
        self._kills = kills
        self._known: dict[str, History] = {}
        self._is_kept = True
        self._run = 0
        self._last = 0.0

    def take(self, entry: Entry) -> None:
        """The next line."""
        match entry.wat:
            case "start":
                self._run += 1
                self._is_kept = True
                for kill in self._kills:
                    if self._last <= kill.op <= entry.op:
                        self._forget_last_second(kill)
            case "bewaart":
                self._note_store(is_kept=is_on_disk(entry.feiten["melding"]))
            case "terug":
                self._note_store(is_kept=is_on_disk(entry.feiten["bewaart"]))
                self._compare(entry)
            case "getypt":
                contact = entry.feiten["contact"]
                history = self._known.setdefault(contact["id"], History())
                history.states.append(State(entry.op, contact, self._is_kept, self._run))
                history.typing = None
            case "trekt in" | "niet ingetrokken":
                for history in self._known.values():
                    if history.by == entry.feiten["opdracht"]:
                        history.may_be_open = entry.wat == "trekt in"
            case "ingetrokken":
                self._reopen(entry)
            case _:
                self._note(entry.wat, entry)
        self._last = entry.op

    def _forget_last_second(self, kill: Kill) -> None:
        """What was done in it need not have reached the disk, whenever the disk is looked at again."""
        for history in self._known.values():
            history.is_closed_on_disk = history.is_closed_on_disk and history.closed <= kill.until
            for state in history.states:
                state.is_kept = state.is_kept and state.op <= kill.until

    def _note_store(self, *, is_kept: bool) -> None:
        if is_kept and not self._is_kept:  # what this run had in memory has been written
            for history in self._known.values():
                history.is_closed_on_disk = history.is_closed_on_disk or history.closed_run == self._run
                for state in history.states:
                    state.is_kept = state.is_kept or state.run == self._run
        self._is_kept = is_kept

    def _reopen(self, entry: Entry) -> None:
        """A contact that was taken back stands open again, as it was."""
        for name, history in self._known.items():
            if history.by == entry.feiten["opdracht"]:
                last = history.states[-1].contact
                self._known[name] = History([State(entry.op, last, self._is_kept, self._run)], is_reopened=True)

    def _note(self, wat: str, entry: Entry) -> None:
        history = self._known.get(entry.feiten.get("contact", ""))
        if history is None:
            return
        match wat:
            case "gaat typen":
                history.typing = entry.feiten
            case "rondt af" | "annuleert":
                history.closing, history.by = entry.op, entry.feiten.get("opdracht", "")
                history.is_closed_on_disk, history.closed_run = self._is_kept, self._run
            case "afgerond" | "geannuleerd":
                history.closed = entry.op

    def _compare(self, entry: Entry) -> None:
        """The contacts that are open after a return, against what was promised to be kept."""
        back = {contact["id"]: contact for contact in entry.feiten["contacten"]}
        for name, history in tuple(self._known.items()):
            if fault := self.look(history, back.get(name)):
                self.violations.append(f"stoel {self._seat}: {self.what} {name} {fault}")
            if name not in back and self._is_kept:
                del self._known[name]
        for name, contact in back.items():
            found = State(entry.op, contact, self._is_kept, self._run)
            if self._is_kept or name not in self._known:
                self._known[name] = self.after_return(self._known.get(name), found)
            else:
                self._known[name].states.append(found)

    def look(self, history: History, contact: dict[str, Any] | None) -> str:
        """What is wrong with how it came back; "" for nothing. None: it did not."""
        promised = [index for index, state in enumerate(history.states) if state.is_kept]
        if contact is None:
            if not promised or not self._is_kept:
                return ""  # the disk that holds it cannot be reached now, and the window says so
            if not history.closing:
                return f"is weg; laatst getypt: {self.short(history.states[-1].contact)}"
            if history.by:
                self.required.add(history.by)
            return ""
        if history.closed and history.is_closed_on_disk and not history.may_be_open:
            return "is terug, maar was afgerond of geannuleerd"
        allowed = [state.contact for state in history.states[promised[-1] if promised else 0 :]]
        if self.is_allowed(history, contact, allowed):
            return ""
        return f"is terug als {self.short(contact)}, laatst getypt was {self.short(allowed[-1])}"

    def is_allowed(self, history: History, contact: dict[str, Any], states: Sequence[dict[str, Any]]) -> bool:
        """Whether it is one of these, from the last that was promised to the last that was typed."""
        if contact in states or _is_next(history, contact):
            return True
        if _without_zaken(contact) in states:  # one that is being made names itself in its contact, also at the return
            return True
        return history.is_reopened and _of_command(contact) in map(_of_command, states)

    def after_return(self, _history: History | None, found: State) -> History:
        """It begins anew with what was found."""
        return History([found])

    def short(self, contact: dict[str, Any]) -> str:
        return str([{key: vraag.get(key, "") for key in ("onderwerp", "notitie")} for vraag in contact["vragen"]])


def check(seat: int, entries: Sequence[Entry], kills: Sequence[Kill]) -> tuple[list[str], set[str]]:
    """(violations, ids of commands that must exist because their draft is gone)."""
    reading = Reading(seat, kills)
    for entry in entries:
        reading.take(entry)
    return reading.violations, reading.required


def _is_next(history: History, contact: dict[str, Any]) -> bool:
    """What was about to be typed when the process died got on disk before the journal had it."""
    typing = history.typing
    return typing is not None and any(
        vraag["id"] == typing["vraag"] and vraag.get("notitie") == typing["notitie"] for vraag in contact["vragen"]
    )


def _of_command(contact: dict[str, Any]) -> dict[str, Any]:
    """What of a contact a command holds: everything but the names of its vragen, and which of them and which tab was
    in view."""
    vragen = [{key: value for key, value in vraag.items() if key != "id"} for vraag in contact["vragen"]]
    return {key: value for key, value in contact.items() if key not in {"actieve_vraag", "actieve_tab"}} | {
        "vragen": vragen
    }


def _without_zaken(contact: dict[str, Any]) -> dict[str, Any]:
    return contact | {
        "vragen": [{key: value for key, value in vraag.items() if key != "zaak"} for vraag in contact["vragen"]]
    }
