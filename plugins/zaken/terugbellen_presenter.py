"""The page of callback notes: which list, which note, which act is being prepared. Knows no Qt."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from functools import partial

import msgspec

from kcs_desktop.sdk import (
    MAX_INHOUD,
    Belresultaat,
    Dienstkalender,
    InvalidInput,
    KcsError,
    Lijst,
    Recht,
    Seat,
    Sessie,
    Signal,
    Taaklijst,
    Taakstand,
    Terugbeltaak,
    Watch,
    clean,
    clean_lines,
    display_full_day,
    local,
    parse_datum,
)
from plugins.zaken import terugbellen_tekst as tekst
from plugins.zaken.terugbellen_invoer import FUNCTIE, Actie, Concept, Concepten, Invoer, joined

MAX_MOMENT = 200


class Toestand(msgspec.Struct):
    """What brings the page back as it was; what is typed stands in `Concepten`, for it belongs to no contact."""

    lijst: str = Lijst.EIGEN.value
    stand: str = Taakstand.OPEN.value
    gekozen: str = ""
    actie: str = ""


class TerugbelPresenter:
    """`changed` after anything to show changed; `chosen` where only another note of the same list is in sight."""

    def __init__(self, seat: Seat) -> None:
        self.changed: Signal[None] = Signal()
        self.chosen: Signal[None] = Signal()
        self.toestand = Toestand()
        self.melding = ""  # why the last page did not come
        self.laadt_meer = False
        self.concepten = Concepten(seat)
        self._seat = seat
        self._greep: Watch | None = None
        self._in_sight = False
        self._is_closed = False
        self._account = _account(seat.sessie)
        self._keep_to_own_lists()
        self._disconnect = [
            seat.terugbelnotities.changed.connect(self._on_list),
            seat.sessie_changed.connect(self._on_sessie),
            seat.contacten.returned.connect(self._on_returned),
            seat.verbinding_changed.connect(lambda _verbinding: self.changed.emit(None)),
        ]

    def close(self) -> None:
        self._is_closed = True
        self._let_go()
        for disconnect in self._disconnect:
            disconnect()

    # what is shown

    @property
    def keuze(self) -> Lijst:
        return Lijst(self.toestand.lijst)

    @property
    def stand(self) -> Taakstand:
        return Taakstand(self.toestand.stand)

    @property
    def lijst(self) -> Taaklijst:
        """With the notes that left it while something was typed for them: they stay until that is let go of."""
        known = self._known
        return joined(known, self.concepten.gone_from(known))

    @property
    def gone(self) -> frozenset[str]:
        """Which notes in sight are in the list for what was typed alone."""
        if not self.concepten.with_text:
            return frozenset()
        return frozenset(taak.uuid for taak in self.concepten.gone_from(self._known))

    @property
    def taak(self) -> Terugbeltaak | None:
        return self.lijst.find(self.toestand.gekozen)

    @property
    def actie(self) -> Actie | None:
        """Whose panel is open: one that can be carried out, or that holds text which cannot be, for now."""
        wat = self._prepared
        return wat if wat is not None and (self.may(wat) or self.belet) else None

    @property
    def invoer(self) -> Invoer:
        taak, actie = self.taak, self.actie
        return self.concepten.invoer(taak, actie) if taak is not None and actie is not None else Invoer()

    @property
    def belet(self) -> str:
        """Why what is typed for this note cannot be recorded now; "" where it can, or where nothing is typed."""
        taak, wat = self.taak, self._prepared
        if taak is None or wat is None or not self.may_change or self.may(wat) or not self.concepten.text_of(taak.uuid):
            return ""
        if self.apart is not None:
            return tekst.APART
        return tekst.belet(taak, is_gone=taak.uuid in self.gone, has_more=self._known.has_more)

    @property
    def apart(self) -> str | None:
        """Why the last act on the note in sight was set apart; None where it was not."""
        lijst, uuid = self._known, self.toestand.gekozen
        return lijst.geweigerd.get(uuid, "") if uuid in lijst.apart else None

    @property
    def ik(self) -> str:
        return self._account

    @property
    def now(self) -> datetime:
        return self._seat.now()

    @property
    def lijsten(self) -> tuple[Lijst, ...]:
        """Who may not change notes has none of his own: only what is escalated to him, and all of them."""
        return tuple(Lijst) if self.may_change else (Lijst.GEMELD, Lijst.ALLE)

    @property
    def may_change(self) -> bool:
        sessie = self._seat.sessie
        return sessie is not None and sessie.mag(FUNCTIE, Recht.WIJZIGEN)

    def may(self, wat: str) -> bool:
        """Whether this act fits the note in sight: oppakken, overnemen, teruggeven, or one of Actie."""
        taak = self.taak
        if taak is None or not self.may_change or taak.stand is Taakstand.KLAAR or taak.uuid in self.gone:
            return False
        if self.apart is not None:  # done anew it could stand twice
            return False
        is_mine, is_free = taak.door == self._account, not taak.door
        if taak.stand is Taakstand.WEG:
            return wat == Actie.AFHANDELEN and (is_mine or is_free)
        match wat:
            case "oppakken":
                return is_free
            case "overnemen":
                return not is_mine and not is_free and taak.mag_overnemen
            case "teruggeven":
                return is_mine or (not is_free and taak.mag_overnemen)
            case Actie.DOORZETTEN:
                return is_mine or is_free or taak.mag_overnemen
            case _:
                return is_mine or is_free

    @property
    def ontvangers(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]], list[tuple[str, str]]]:
        """(afdelingen, groepen, medewerkers) as choices, each with a first one for nothing."""
        catalogus = self._seat.catalogus
        none = ("", "Geen")
        return (
            [none, *((naam, naam) for naam in catalogus.afdelingen)],
            [none, *((naam, naam) for naam in catalogus.groepen)],
            [none, *catalogus.medewerkers.items()],
        )

    # what the employee does

    def set_in_sight(self, *, in_sight: bool) -> None:
        """Live only while somebody can see it."""
        self._in_sight = in_sight
        self._let_go()
        if in_sight:
            self._greep = self._seat.terugbelnotities.watch(self.keuze, self.stand)

    def choose(self, lijst: Lijst, stand: Taakstand | None = None) -> None:
        """Another list; nothing is chosen in it. The caller loads."""
        self.toestand = Toestand(lijst.value, (stand or Taakstand.OPEN).value)
        self.melding = ""
        self.set_in_sight(in_sight=self._in_sight)
        self.changed.emit(None)

    def select(self, uuid: str) -> None:
        """Another note, with the panel in which something was typed for it."""
        if uuid != self.toestand.gekozen:
            self.toestand.gekozen, self.toestand.actie = uuid, ""
            self.chosen.emit(None)

    async def load(self) -> None:
        await self._seat.terugbelnotities.load(self.keuze, self.stand)

    async def more(self) -> None:
        if self.laadt_meer or not self.lijst.has_more:
            return
        self.laadt_meer, self.melding = True, ""
        self.changed.emit(None)
        try:
            await self._seat.terugbelnotities.more(self.keuze, self.stand)
        except KcsError as fout:
            self.melding = fout.message
        finally:
            self.laadt_meer = False
        self.changed.emit(None)

    def send_again(self) -> None:
        """The act on this note that was set apart, as the same command."""
        opdracht = self._known.apart.get(self.toestand.gekozen)
        if opdracht is not None:
            self._seat.outbox.retry(opdracht)

    def claim(self) -> bool:
        """Take the note on, or over from a colleague."""
        taak = self.taak
        take_over = self.may("overnemen")
        if taak is None or not (self.may("oppakken") or take_over):
            return False
        self._seat.terugbelnotities.claim(taak, take_over=take_over)
        return True

    def hand_back(self) -> bool:
        taak = self.taak
        if taak is None or not self.may("teruggeven"):
            return False
        self._seat.terugbelnotities.hand_back(taak)
        return True

    def prepare(self, actie: Actie) -> bool:
        """Open the panel of this act; what was filled in for another is there when that is opened again."""
        taak = self.taak
        if taak is None or not self.may(actie):
            return False
        self.toestand.actie = actie.value
        self.concepten.turn_to(taak.uuid, actie)
        self.changed.emit(None)
        return True

    def fill_in(self, veld: str, waarde: str) -> None:
        """What a field of the open panel holds now."""
        taak, actie = self.taak, self.actie
        if taak is None or actie is None:
            return
        had_text = bool(self.concepten.text_of(taak.uuid))
        self.concepten.fill_in(taak, self._known, actie, veld, waarde)
        if bool(self.concepten.text_of(taak.uuid)) is not had_text:
            self.changed.emit(None)

    def cancel(self) -> Callable[[], None] | None:
        """Close the panel and let go of what was filled in; text for another act comes back into sight.
        Gives what brings it back, with the note and its panel; None where nothing was filled in."""
        wat = self._prepared
        weg = self.concepten.drop(self.toestand.gekozen, wat) if wat is not None else None
        self.toestand.actie = ""
        self.changed.emit(None)
        return partial(self._bring_back, weg, self._account) if weg is not None else None

    def problems(self) -> list[InvalidInput]:
        """What keeps the panel from being carried out, in the order of its fields."""
        invoer, found = self.invoer, list[InvalidInput]()
        match self.actie:
            case Actie.POGING | Actie.AFHANDELEN:
                if invoer.resultaat not in set(Belresultaat):
                    found.append(InvalidInput("Kies hoe het ging.", field="resultaat"))
                over = len(clean_lines(invoer.toelichting)) - MAX_INHOUD
                if over > 0:
                    wat = f"De notitie is {over} tekens te lang (ten hoogste {MAX_INHOUD})."
                    found.append(InvalidInput(wat, field="toelichting"))
            case Actie.VERZETTEN:
                if not clean(invoer.moment) and not invoer.datum.strip():
                    found.append(InvalidInput("Vul in wanneer de klant gebeld wil worden.", field="moment"))
                elif len(clean(invoer.moment)) > MAX_MOMENT:
                    found.append(InvalidInput(f"Gebruik hoogstens {MAX_MOMENT} tekens.", field="moment"))
                try:
                    uiterlijk = self._deadline()
                except InvalidInput as fout:
                    found.append(fout)
                else:
                    found += self._too_late(uiterlijk)
            case Actie.DOORZETTEN:
                if not (invoer.afdeling or invoer.groep or invoer.medewerker):
                    found.append(InvalidInput("Kies een afdeling, een groep of een collega.", field="afdeling"))
            case None:
                pass
        return found

    def submit(self) -> bool:
        """Carry the panel out; False while something is wrong with it."""
        taak, actie, invoer = self.taak, self.actie, self.invoer
        if taak is None or actie is None or self.belet or self.problems():
            return False
        notities = self._seat.terugbelnotities
        match actie:
            case Actie.POGING:
                notities.attempt(taak, Belresultaat(invoer.resultaat), clean_lines(invoer.toelichting))
            case Actie.AFHANDELEN:
                notities.finish(taak, Belresultaat(invoer.resultaat), clean_lines(invoer.toelichting))
            case Actie.VERZETTEN:
                notities.reschedule(taak, clean(invoer.moment), self._deadline())
            case Actie.DOORZETTEN:
                notities.assign(taak, afdeling=invoer.afdeling, groep=invoer.groep, medewerker=invoer.medewerker)
        self.cancel()
        return True

    def restore(self, toestand: Toestand) -> None:
        if toestand.lijst in set(Lijst) and toestand.stand in set(Taakstand) and toestand.actie in {"", *Actie}:
            self.toestand = toestand
            self._keep_to_own_lists()
            self.set_in_sight(in_sight=self._in_sight)
            self.changed.emit(None)

    # inside

    @property
    def _known(self) -> Taaklijst:
        return self._seat.terugbelnotities.known(self.keuze, self.stand)

    @property
    def _prepared(self) -> Actie | None:
        """The act that was begun for this note: the one chosen, or the one in which text was left."""
        if self.toestand.actie:
            return Actie(self.toestand.actie)
        return self.concepten.act_of(self.toestand.gekozen)

    def _bring_back(self, weg: Concept, account: str) -> None:
        if _account(self._seat.sessie) != account:
            return
        if self._is_closed:
            self.concepten.take_up()  # with what another page of these notes kept since
        terug = self.concepten.bring_back(weg)
        if self._is_closed:
            return  # the text is kept for the next start
        is_here = self._known.find(terug.taak.uuid) is not None
        lijst, stand = (self.keuze, self.stand) if is_here else (terug.lijst, terug.stand)
        self.restore(Toestand(lijst.value, stand.value, terug.taak.uuid, terug.actie.value))

    def _deadline(self) -> datetime | None:
        """The end of the day that was typed. Raises InvalidInput."""
        typed = self.invoer.datum.strip()
        if not typed:
            return None
        parts = typed.replace("/", "-").split("-")
        try:
            dag, maand, jaar = (int(part) for part in parts)
            found = date(jaar, maand, dag)
        except ValueError as fout:
            raise InvalidInput("Vul een datum in, zoals 4-12-2026.", field="datum") from fout
        normen = self._seat.catalogus.terugbelnormen
        kalender = normen.kalender if normen is not None else Dienstkalender()
        today = kalender.day_of(self.now)
        if found < today or kalender.closing(found) <= self.now:
            raise InvalidInput("Kies een dag die nog komt.", field="datum")
        if not kalender.is_werkdag(found):
            eerste = display_full_day(kalender.open_from(found), today)
            raise InvalidInput(f"Op {display_full_day(found, today)} is niemand er. Kies {eerste}.", field="datum")
        return kalender.closing(found)

    def _too_late(self, uiterlijk: datetime | None) -> list[InvalidInput]:
        """A moment that is a date behind the last day, the one that was typed or else the note's."""
        if uiterlijk is None and self.taak is not None:
            uiterlijk = self.taak.deadline
        dag = _day_of(self.invoer.moment, local(self.now).date())
        if dag is None or uiterlijk is None or dag <= local(uiterlijk).date():
            return []
        laatste = display_full_day(local(uiterlijk).date(), local(self.now).date())
        return [InvalidInput(f"Dit is na {laatste}. Vul bij Uiterlijk op een latere dag in.", field="moment")]

    def _keep_to_own_lists(self) -> None:
        """Another role of this employee may have stood on a list that this one does not have."""
        if self.keuze not in self.lijsten:
            self.toestand = Toestand(self.lijsten[0].value)

    def _let_go(self) -> None:
        greep, self._greep = self._greep, None
        if greep is not None:
            greep.close()

    def _on_list(self, lijst: Lijst) -> None:
        if lijst is self.keuze:
            self.concepten.see(self._known)
            self.changed.emit(None)

    def _on_returned(self, _: None) -> None:
        self.concepten.take_up()
        self.changed.emit(None)

    def _on_sessie(self, sessie: Sessie | None) -> None:
        if (account := _account(sessie)) != self._account:
            self._account = account
            self.toestand = Toestand()
            self.concepten.take_up()
        self._keep_to_own_lists()
        self.set_in_sight(in_sight=self._in_sight)
        self.changed.emit(None)


def _day_of(moment: str, today: date) -> date | None:
    """The day with which what was typed begins; None where that is no whole date."""
    words = moment.split()
    for typed in (words[:1], words[:3]):  # 31-12-2026, and 31 december 2026
        with suppress(InvalidInput):
            found = parse_datum(" ".join(typed), today, mag_toekomst=True)
            if found.is_volledig:
                return date(found.jaar, found.maand, found.dag)
    return None


def _account(sessie: Sessie | None) -> str:
    return sessie.medewerker.gebruikersnaam if sessie is not None else ""
