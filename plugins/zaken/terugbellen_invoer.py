"""What is typed about callback notes and not sent yet. It is the employee's, whatever contact is open or note chosen,
and stands in the store like any draft. Knows no Qt."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum

import msgspec

from kcs_desktop.sdk import Belresultaat, Getypt, Lijst, Recht, Schermtoestand, Seat, Taaklijst, Taakstand, Terugbeltaak

FUNCTIE = "terugbelnotities"
NAAM = "zaken.terugbellen"  # under which it is kept with this employee's work, with the uuid of the note behind it
MOST = 50  # notes; of more the one that was typed in longest ago goes


class Actie(StrEnum):
    """What an inline panel prepares; claiming and handing back need none."""

    POGING = "poging"
    AFHANDELEN = "afhandelen"
    VERZETTEN = "verzetten"
    DOORZETTEN = "doorzetten"


VELDEN: Mapping[Actie, tuple[str, ...]] = {
    Actie.POGING: ("resultaat", "toelichting"),
    Actie.AFHANDELEN: ("resultaat", "toelichting"),
    Actie.VERZETTEN: ("moment", "datum"),
    Actie.DOORZETTEN: ("afdeling", "groep", "medewerker"),
}
# What is typed, where the others are chosen: with the label of its field.
_TEKST = {"toelichting": "Notitie", "moment": "Wanneer bellen", "datum": "Uiterlijk op"}
_BETWEEN = {"toelichting": "\n", "moment": "; ", "datum": "; "}  # two texts that come together in one field


class Invoer(msgspec.Struct, frozen=True):
    """What stands in the fields of a panel."""

    resultaat: str = ""
    toelichting: str = ""
    moment: str = ""
    datum: str = ""  # d-m-jjjj: the new last day
    afdeling: str = ""
    groep: str = ""
    medewerker: str = ""


class Concept(msgspec.Struct, omit_defaults=True):
    """What is filled in for one note, other than its panels offer by themselves: an act takes from it what has the same
    meaning in another. `taak` is the note as it was last seen, in this list; `nr` is higher the later it was typed in.
    """

    taak: Terugbeltaak
    lijst: Lijst
    stand: Taakstand
    actie: Actie
    ingevuld: dict[str, str] = {}
    nr: int = 0

    @property
    def tekst(self) -> str:
        """What would have to be typed again; "" where there are only choices."""
        return "\n".join(tekst for _, tekst in self._filled)

    @property
    def getypt(self) -> Getypt:
        """The text with the note it is of, by what that is found by in the register."""
        taak = self.taak
        return Getypt(
            f"Terugbelnotitie {taak.nummer or taak.uuid}: {taak.onderwerp}",
            tuple(f"{label}: {tekst}" for label, tekst in self._filled),
        )

    @property
    def _filled(self) -> list[tuple[str, str]]:
        alle = ((label, self.ingevuld.get(veld, "")) for veld, label in _TEKST.items())
        return [(label, tekst) for label, tekst in alle if tekst.strip()]


class Bewaard(Schermtoestand, omit_defaults=True):
    """What is kept under one name: the draft of one note, as long as there were no others under it. One with only
    choices in it is no work."""

    concepten: tuple[Concept, ...] = ()


def offered(taak: Terugbeltaak, actie: Actie) -> dict[str, str]:
    """What the panel of this act begins with."""
    match actie:
        case Actie.AFHANDELEN:
            return {"resultaat": Belresultaat.GESPROKEN.value}
        case Actie.VERZETTEN:
            return {"moment": taak.moment}
        case _:
            return {}


class Concepten:
    """The drafts of the employee who is signed in."""

    def __init__(self, seat: Seat) -> None:
        self._seat = seat
        self._per_notitie: dict[str, Concept] = {}
        self.take_up()

    def take_up(self) -> None:
        """As this employee left them; those of another are let go of, unwritten."""
        kept = self._seat.contacten.kept_screens(NAAM)
        concepten = sorted((al for bewaard in kept.values() for al in _read(bewaard)), key=lambda concept: concept.nr)
        self._per_notitie = {concept.taak.uuid: concept for concept in concepten}
        if together := _read(kept.get(NAAM, "")):  # as an earlier version kept them
            for concept in together:
                self._keep(self._per_notitie[concept.taak.uuid])
            self._seat.contacten.remember_screen("", NAAM, "")

    def text_of(self, notitie: str) -> str:
        concept = self._per_notitie.get(notitie)
        return concept.tekst if concept is not None else ""

    def act_of(self, notitie: str) -> Actie | None:
        """In which panel text of this note stands; None where there is none."""
        concept = self._per_notitie.get(notitie)
        return concept.actie if concept is not None and concept.tekst else None

    def invoer(self, taak: Terugbeltaak, actie: Actie) -> Invoer:
        concept = self._per_notitie.get(taak.uuid)
        return Invoer(**{**offered(taak, actie), **(concept.ingevuld if concept is not None else {})})

    @property
    def with_text(self) -> frozenset[str]:
        return frozenset(uuid for uuid, concept in self._per_notitie.items() if concept.tekst)

    def fill_in(self, taak: Terugbeltaak, lijst: Taaklijst, actie: Actie, veld: str, waarde: str) -> None:
        concept = self._per_notitie.pop(taak.uuid, None) or Concept(taak, lijst.lijst, lijst.stand, actie)
        concept.taak, concept.lijst, concept.stand, concept.actie = taak, lijst.lijst, lijst.stand, actie
        if waarde == offered(taak, actie).get(veld, ""):
            concept.ingevuld.pop(veld, None)
        else:
            concept.ingevuld[veld] = waarde
        self._put(concept)

    def turn_to(self, notitie: str, actie: Actie) -> None:
        """Work on in the panel of this act."""
        concept = self._per_notitie.get(notitie)
        if concept is not None:
            concept.actie = actie
            self._keep(concept)

    def drop(self, notitie: str, actie: Actie) -> Concept | None:
        """This act was carried out or cancelled: what was filled in for it goes, what belongs to another stays.
        Gives what went; None where nothing was filled in."""
        concept = self._per_notitie.pop(notitie, None)
        if concept is None:
            return None
        ingevuld = {veld: concept.ingevuld.pop(veld) for veld in VELDEN[actie] if veld in concept.ingevuld}
        weg = msgspec.structs.replace(concept, actie=actie, ingevuld=ingevuld)
        concept.actie = next((other for other in Actie if _holds_text(concept, other)), concept.actie)
        self._put(concept)
        return weg if ingevuld else None

    def bring_back(self, weg: Concept) -> Concept:
        """What `drop` gave, beside what was filled in since: that stays as it is, and a text field holds both.
        Gives the draft as it stands now."""
        since = self._per_notitie.pop(weg.taak.uuid, None)
        terug = _together(weg, since) if since is not None else weg
        self._put(terug)
        return terug

    def see(self, lijst: Taaklijst) -> None:
        """Remember the notes as they are now, for when they leave the list."""
        for concept in self._per_notitie.values():
            concept.taak = lijst.find(concept.taak.uuid) or concept.taak

    def gone_from(self, lijst: Taaklijst) -> tuple[Terugbeltaak, ...]:
        """Notes with text that stood in this list and do not any more; only of a list that was read."""
        sessie = self._seat.sessie
        if lijst.opgehaald_op is None or sessie is None or not sessie.mag(FUNCTIE, Recht.WIJZIGEN):
            return ()
        gone = (
            concept.taak
            for concept in self._per_notitie.values()
            if (concept.lijst, concept.stand) == (lijst.lijst, lijst.stand)
            and concept.tekst
            and lijst.find(concept.taak.uuid) is None
        )
        return tuple(gone if sessie.mag("crm") else (taak.without_customer() for taak in gone))

    def _put(self, concept: Concept) -> None:
        """As the newest; where nothing is filled in, it goes."""
        if concept.ingevuld:
            concept.nr = 1 + max((other.nr for other in self._per_notitie.values()), default=0)
            self._per_notitie[concept.taak.uuid] = concept
        self._keep(concept)
        while len(self._per_notitie) > MOST:
            self._keep(self._per_notitie.pop(next(iter(self._per_notitie))))

    def _keep(self, concept: Concept) -> None:
        """By itself, so that it stands beside those of a file that could not be read."""
        kept = ""
        if concept.taak.uuid in self._per_notitie:
            bewaard = Bewaard((concept.getypt,) if concept.tekst else (), (concept,))
            kept = msgspec.json.encode(bewaard).decode()
        self._seat.contacten.remember_screen("", f"{NAAM}/{concept.taak.uuid}", kept)


def joined(lijst: Taaklijst, gone: Iterable[Terugbeltaak]) -> Taaklijst:
    """The list with these notes where they stood: it is in the order of when they are due."""
    taken = list(lijst.taken)
    for taak in gone:
        due = taak.deadline, taak.uuid
        place = next((nr for nr, other in enumerate(taken) if (other.deadline, other.uuid) > due), len(taken))
        taken.insert(place, taak)
    more = len(taken) - len(lijst.taken)
    return msgspec.structs.replace(lijst, taken=tuple(taken), totaal=lijst.totaal + more) if more else lijst


def _read(bewaard: str) -> tuple[Concept, ...]:
    try:
        return msgspec.json.decode(bewaard, type=Bewaard).concepten
    except (msgspec.DecodeError, RecursionError):
        return ()  # of another version


def _together(toen: Concept, nu: Concept) -> Concept:
    """In the panel that is filled in now where the two share a field: what stands in sight there is meant, what it
    offers by itself too. One in which nothing was filled in says nothing."""
    is_filled_in = any(veld in nu.ingevuld for veld in VELDEN[nu.actie])
    shared = set(VELDEN[toen.actie]) & set(VELDEN[nu.actie]) if is_filled_in else set[str]()
    offer = {veld: waarde for veld, waarde in offered(nu.taak, nu.actie).items() if veld in shared - _TEKST.keys()}
    ingevuld = toen.ingevuld | offer | nu.ingevuld
    for veld, between in _BETWEEN.items():
        both = [tekst for tekst in (toen.ingevuld.get(veld, ""), nu.ingevuld.get(veld, "")) if tekst.strip()]
        if both:
            ingevuld[veld] = between.join(dict.fromkeys(both))
    return msgspec.structs.replace(nu, actie=nu.actie if shared else toen.actie, ingevuld=ingevuld)


def _holds_text(concept: Concept, actie: Actie) -> bool:
    return any(concept.ingevuld.get(veld, "").strip() for veld in VELDEN[actie] if veld in _TEKST)
