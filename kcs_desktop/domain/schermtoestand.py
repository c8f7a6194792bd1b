"""What a tab keeps to stand again as it stood, and what in it would have to be typed again.

How a tab stood (which page was open, what was chosen, what was searched for) is missed by nobody. Text that somebody
typed and that stands nowhere else is work: the window asks before it closes without it, it is exported with the rest,
and it outlives a sign-out while the disk refuses it. A tab says which is which: its state is JSON, and what is work in
it stands in words under `getypt`.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec


class Getypt(msgspec.Struct, frozen=True, omit_defaults=True):
    """Text that stands in a form and nowhere else, for who reads it in an export: `bij` says where, each of `regels`
    what, under the label of its field."""

    bij: str
    regels: tuple[str, ...] = ()


class Schermtoestand(msgspec.Struct, omit_defaults=True):
    """The base of what a tab keeps: anything else in it is the tab's own."""

    getypt: tuple[Getypt, ...] = ()


_toestand = msgspec.json.Decoder(Schermtoestand)


def typed_in(schermen: Mapping[str, str]) -> tuple[Getypt, ...]:
    """What was typed in these states, per tab; nothing of one that is no JSON."""
    gelezen = (_decoded(toestand) for toestand in schermen.values())
    return tuple(getypt for toestand in gelezen if toestand is not None for getypt in toestand.getypt)


def is_readable(toestand: str) -> bool:
    """Whether what was typed in it can be told. What is no JSON object is a word of the window's own."""
    return not toestand.startswith("{") or _decoded(toestand) is not None


def _decoded(toestand: str) -> Schermtoestand | None:
    try:
        return _toestand.decode(toestand)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return None
