"""What an employee does in a round, drawn from the seed: the same seed gives the same actions."""

from __future__ import annotations

from random import Random

import msgspec

from kcs_desktop.domain.klant import KlantSleutel, Klantverwijzing, SoortKlant
from kcs_desktop.domain.klantcontact import Resultaat, Terugbelverzoek
from kcs_desktop.domain.terugbeltaak import Belresultaat

ACCOUNTS = ("snelbalie", "tic")
# Persons of the proefgemeente. A seat changes numbers of its own customers only, so that the outcome is known.
OWN = (("999900006", "999900018", "999900043"), ("999900055", "999900067", "999900079"))
SHARED = ("999900080", "999900092", "999990019")
WITH_ZAKEN = ("999900006", "999990019", "999900067", "999900079", "999900031")
UNKNOWN = ("999900031", "999900109")  # in the BRP, not among the customers: the first contact makes the partij
SIZES = (320, 40_000, 1_200_000)  # the last goes in pieces
MAKE, DROP = "aanmaken", "annuleren"
KEEP = "blijft in voorbereiding"  # in the toelichting of a draft that is left open
FINISH, HAND_BACK = "afhandelen", "teruggeven"
KINDS = {
    "contact": 6,
    "anoniem": 2,
    "openen": 4,
    "concept": 2,
    "annuleren": 1,
    "telefoon": 4,
    "bedrijf": 1,
    "intrekken": 1,
    "notitie": 6,
    "zaak": 8,
    "document": 4,
}
# One that is filled in at the counter, one with a term, one of which the receipt is confirmed, one without questions.
ZAAKTYPEN = ("melding-openbare-ruimte", "parkeervergunning-bewoners", "woo-verzoek", "uittreksel-brp")


class Vraagplan(msgspec.Struct, frozen=True):
    """One vraag to fill in. `stukken` are the states of the note while it is typed."""

    onderwerp: str
    stukken: tuple[str, ...]
    resultaat: Resultaat
    terugbelverzoek: Terugbelverzoek | None = None


class Notitieplan(msgspec.Struct, frozen=True):
    """What is done with a callback note once it is claimed: attempts, and the end of it ("" keeps it)."""

    pogingen: tuple[Belresultaat, ...]
    einde: str


class Zaakplan(msgspec.Struct, frozen=True):
    """A zaak to fill in. `stukken` are the states of its toelichting; `einde` "" leaves the draft open."""

    zaaktype: str
    stukken: tuple[str, ...]
    einde: str
    is_contact_kept: bool  # the contact is finished, not cancelled


class Actie(msgspec.Struct, frozen=True):
    """One action: `bsn` "" is nobody; `wordt` is the number, name or text to register."""

    nr: int
    soort: str
    bsn: str = ""
    vragen: tuple[Vraagplan, ...] = ()
    wordt: str = ""
    notitie: Notitieplan | None = None
    zaak: Zaakplan | None = None
    omvang: int = 0  # of a document, in bytes


def customer(bsn: str) -> Klantverwijzing:
    """This person, as a search by BSN would give one."""
    return Klantverwijzing(KlantSleutel(SoortKlant.PERSOON, bsn=bsn), f"P. Proef{bsn[-3:]}")


def mark_of(seed: int, seat: int) -> str:
    """What every text of this seat in this round begins with."""
    return f"F{seed:x}-{seat}"


def script_of(seed: int, seat: int, length: int) -> list[Actie]:
    """The actions of one seat. The first is a contact, so that no round is empty."""
    chance = Random(f"{seed}/{seat}")
    kinds = ["contact", *chance.choices(list(KINDS), list(KINDS.values()), k=length - 1)]
    return [_action(chance, nr, kind, mark_of(seed, seat), seat) for nr, kind in enumerate(kinds)]


def _action(chance: Random, nr: int, kind: str, mark: str, seat: int) -> Actie:
    name = f"{mark}-{nr}"
    bsn = chance.choice((*OWN[seat], *SHARED, *UNKNOWN))
    if kind == "telefoon":
        return Actie(nr, kind, chance.choice(OWN[seat]), wordt=f"+316{chance.randrange(10**8):08d}")
    if kind == "bedrijf":
        return Actie(nr, kind, wordt=f"{name} Handelsonderneming")
    if kind == "openen":
        return Actie(nr, kind, bsn)
    if kind == "document":
        size = chance.choices(SIZES, (5, 4, 1))[0]
        return Actie(nr, kind, chance.choice(WITH_ZAKEN), wordt=name, omvang=size)
    if kind == "notitie":
        return Actie(nr, kind, wordt=name, notitie=_note(chance))
    vragen = tuple(_vraag(chance, f"{name}-{number}") for number in range(chance.choice((1, 1, 1, 2, 3))))
    if kind == "zaak":
        is_known = chance.random() < 0.85
        return Actie(nr, kind, bsn if is_known else "", vragen, name, zaak=_zaak(chance))
    return Actie(nr, kind, "" if kind == "anoniem" else bsn, vragen)


def is_for(seat: int, note: str) -> bool:
    """Whether this note (a uuid) is one that this seat may take: no two seats want the same."""
    return int(note[-1], 16) % len(ACCOUNTS) == seat


def _note(chance: Random) -> Notitieplan:
    tries = chance.choices((Belresultaat.NIET_BEREIKT, Belresultaat.INGESPROKEN), k=chance.choice((0, 0, 1, 2)))
    return Notitieplan(tuple(tries), chance.choices((FINISH, HAND_BACK, ""), (6, 3, 1))[0])


def _zaak(chance: Random) -> Zaakplan:
    einde = chance.choices((MAKE, DROP, ""), (7, 1, 2))[0]
    pieces = _pieces(chance)
    if not einde:
        pieces = (KEEP, *(f"{KEEP} {piece}" for piece in pieces))
    return Zaakplan(chance.choice(ZAAKTYPEN), pieces, einde, is_contact_kept=chance.random() < 0.8)


def _pieces(chance: Random) -> tuple[str, ...]:
    words = [f"{chance.randrange(1000)} woorden" for _ in range(chance.randrange(2, 5))]
    return tuple(" ".join(words[: count + 1]) for count in range(len(words)))


def _vraag(chance: Random, name: str) -> Vraagplan:
    pieces = _pieces(chance)
    if chance.random() < 0.35:
        number = f"+316{chance.randrange(10**8):08d}"
        note = Terugbelverzoek(f"Terugbellen over {name}", afdeling="Burgerzaken", telefoonnummer=number)
        return Vraagplan(name, pieces, Resultaat.CONTACTVERZOEK, note)
    return Vraagplan(name, pieces, Resultaat.BEANTWOORD)
