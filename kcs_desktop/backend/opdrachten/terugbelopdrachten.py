"""The commands about a callback note: claim, hand back, reassign, reschedule, attempt, done."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, TypeVar

import msgspec

from kcs_desktop.backend.opdrachten import actoren, terugbelcontact, terugbellen
from kcs_desktop.backend.opdrachten.controle import Controle
from kcs_desktop.backend.opdrachten.terugbelnotitie import KLAAR, OverNotitie, check_uuid
from kcs_desktop.backend.opdrachten.werk import Handler, Werk
from kcs_desktop.backend.problem import InvalidBody, InvalidParam
from kcs_desktop.backend.terugbellen.elders import closed_here
from kcs_desktop.backend.terugbellen.indeling import Indelingen, department_of
from kcs_desktop.domain.errors import NotFound
from kcs_desktop.domain.klantcontact import MAX_INHOUD, Terugbelverzoek
from kcs_desktop.domain.opdracht import (
    TerugbelnotitieAfhandelen,
    TerugbelnotitieClaimen,
    TerugbelnotitiePoging,
    TerugbelnotitieTeruggeven,
    TerugbelnotitieToewijzen,
    TerugbelnotitieVerzetten,
)
from kcs_desktop.domain.terugbelnorm import Normen
from kcs_desktop.domain.weergave import volle_dag as display_full_day

MAX_MOMENT = 200
MAX_VOORUIT = timedelta(days=180)
_Kaal = TypeVar("_Kaal", TerugbelnotitieClaimen, TerugbelnotitieTeruggeven)
_Gesprek = TypeVar("_Gesprek", TerugbelnotitiePoging, TerugbelnotitieAfhandelen)
WEG = "Deze terugbelnotitie is door een ander programma uit het register gehaald."


class Claimen(OverNotitie):
    """One at a time: the row is held, so that of two the second sees the first."""

    def clean(self, gegevens: TerugbelnotitieClaimen) -> TerugbelnotitieClaimen:
        return _checked(gegevens)

    async def carry_out(self, werk: Werk, gegevens: TerugbelnotitieClaimen) -> dict[str, Any]:
        notitie = await self.take(werk, gegevens.notitie)
        notitie.require_open()
        if gegevens.overnemen:
            notitie.require_mine_or_coordinated()
        else:
            notitie.require_mine()
        if notitie.rij.door == notitie.ik:
            return {"notitie": gegevens.notitie}
        notitie.claim()
        return await notitie.finish()


class Teruggeven(OverNotitie):
    """The claim ends."""

    def clean(self, gegevens: TerugbelnotitieTeruggeven) -> TerugbelnotitieTeruggeven:
        return _checked(gegevens)

    async def carry_out(self, werk: Werk, gegevens: TerugbelnotitieTeruggeven) -> dict[str, Any]:
        notitie = await self.take(werk, gegevens.notitie)
        notitie.require_open()
        notitie.require_mine_or_coordinated()
        notitie.let_go()
        return await notitie.finish()


class Toewijzen(OverNotitie):
    """The internetaak gets other actoren."""

    def clean(self, gegevens: TerugbelnotitieToewijzen) -> TerugbelnotitieToewijzen:
        controle = Controle()
        uuid = check_uuid(controle, gegevens.notitie)
        verzoek = terugbellen.clean(controle, _as_verzoek(gegevens), "")
        controle.finish()
        return msgspec.structs.replace(
            gegevens, notitie=uuid, afdeling=verzoek.afdeling, groep=verzoek.groep, medewerker=verzoek.medewerker
        )

    async def carry_out(self, werk: Werk, gegevens: TerugbelnotitieToewijzen) -> dict[str, Any]:
        notitie = await self.take(werk, gegevens.notitie)
        notitie.require_open()
        notitie.require_mine_or_coordinated()
        if notitie.taak is None:
            raise NotFound(WEG)
        wie = await terugbellen.receivers_of(werk, _as_verzoek(gegevens), "")
        slots = await actoren.find_or_create_all(werk, wie)
        toegewezen = {"toegewezenAanActoren": [{"uuid": slots[actor.slot]} for actor in wie]}
        await werk.register.change(werk.unit, "internetaken", gegevens.notitie, toegewezen)
        groep = notitie.indeling.groepen.get(gegevens.groep, gegevens.groep)
        afdeling = gegevens.afdeling or groep or await department_of(werk.unit.session, gegevens.medewerker)
        notitie.rij.afdeling = afdeling
        notitie.let_go()
        return await notitie.finish()


class Verzetten(OverNotitie):
    """Another moment; a later deadline is guarded anew."""

    def clean(self, gegevens: TerugbelnotitieVerzetten) -> TerugbelnotitieVerzetten:
        controle = Controle()
        uuid = check_uuid(controle, gegevens.notitie)
        moment = controle.line(gegevens.moment, "moment", MAX_MOMENT)
        if not moment and gegevens.uiterlijk is None:
            controle.wrong("moment", "required", "Vul in wanneer de klant gebeld wil worden.")
        if gegevens.uiterlijk is not None:
            controle.moment(gegevens.uiterlijk, "uiterlijk")
        controle.finish()
        return msgspec.structs.replace(gegevens, notitie=uuid, moment=moment)

    async def carry_out(self, werk: Werk, gegevens: TerugbelnotitieVerzetten) -> dict[str, Any]:
        notitie = await self.take(werk, gegevens.notitie)
        notitie.require_open()
        notitie.require_mine()
        rij, now = notitie.rij, werk.nu
        if gegevens.moment:
            rij.moment = gegevens.moment
        uiterlijk = gegevens.uiterlijk
        if uiterlijk is not None:
            if not now < uiterlijk <= now + MAX_VOORUIT:
                reden = "Kies een moment dat nog komt, binnen een half jaar."
                raise InvalidBody([InvalidParam("uiterlijk", "invalid", reden)], reden)
            kalender = self.normen.kalender
            dag = kalender.day_of(uiterlijk)
            if not kalender.is_werkdag(dag):
                eerste = display_full_day(kalender.open_from(dag), kalender.day_of(now))
                reden = f"Op die dag is niemand er. De eerste dag daarna is {eerste}."
                raise InvalidBody([InvalidParam("uiterlijk", "closed", reden)], reden)
            rij.deadline = uiterlijk
            rij.herinnerd_op, rij.escalatie, rij.escalatie_naar = None, "", ""
            rij.kijk_op = self.normen.reminder(now, uiterlijk)
        return await notitie.finish()


class Poging(OverNotitie):
    """An attempt; who makes it has the note from then on."""

    def clean(self, gegevens: TerugbelnotitiePoging) -> TerugbelnotitiePoging:
        return _cleaned(gegevens)

    async def carry_out(self, werk: Werk, gegevens: TerugbelnotitiePoging) -> dict[str, Any]:
        notitie = await self.take(werk, gegevens.notitie)
        notitie.require_open()
        notitie.require_mine()
        if notitie.taak is None:
            raise NotFound(WEG)
        if not notitie.rij.door:
            notitie.claim()
        made = await terugbelcontact.register(notitie, gegevens.resultaat, gegevens.op, gegevens.toelichting)
        return await notitie.finish(klantcontact=made)


class Afhandelen(OverNotitie):
    """The internetaak is closed. Of a task that is gone what was kept beside it is put away, with what was said: there
    is no klantcontact any more that a new one could belong to."""

    def clean(self, gegevens: TerugbelnotitieAfhandelen) -> TerugbelnotitieAfhandelen:
        return _cleaned(gegevens)

    async def carry_out(self, werk: Werk, gegevens: TerugbelnotitieAfhandelen) -> dict[str, Any]:
        notitie = await self.take(werk, gegevens.notitie)
        notitie.require_open()
        notitie.require_mine()
        rij, made = notitie.rij, ""
        call = (gegevens.resultaat, gegevens.op, gegevens.toelichting)
        if notitie.taak is not None:
            made = await terugbelcontact.recorded(notitie, *call) or await terugbelcontact.register(notitie, *call)
            await werk.register.change(werk.unit, "internetaken", gegevens.notitie, {"status": KLAAR})
            await closed_here(werk.unit, gegevens.notitie)
        else:
            await terugbelcontact.keep(notitie, *call)
        rij.afgehandeld_op = werk.nu
        rij.afgehandeld_door, rij.afgehandeld_naam = notitie.ik, notitie.mijn_naam
        rij.resultaat = gegevens.resultaat.value
        rij.kijk_op = None
        return await notitie.finish(klantcontact=made)


def handlers(normen: Normen, indelingen: Indelingen) -> dict[type, Handler]:
    """By the command they carry out."""
    return {
        TerugbelnotitieClaimen: Claimen(normen, indelingen),
        TerugbelnotitieTeruggeven: Teruggeven(normen, indelingen),
        TerugbelnotitieToewijzen: Toewijzen(normen, indelingen),
        TerugbelnotitieVerzetten: Verzetten(normen, indelingen),
        TerugbelnotitiePoging: Poging(normen, indelingen),
        TerugbelnotitieAfhandelen: Afhandelen(normen, indelingen),
    }


def _checked(gegevens: _Kaal) -> _Kaal:
    controle = Controle()
    uuid = check_uuid(controle, gegevens.notitie)
    controle.finish()
    return msgspec.structs.replace(gegevens, notitie=uuid)


def _cleaned(gegevens: _Gesprek) -> _Gesprek:
    controle = Controle()
    uuid = check_uuid(controle, gegevens.notitie)
    toelichting = controle.lines(gegevens.toelichting, "toelichting", MAX_INHOUD)
    controle.moment(gegevens.op, "op")
    controle.finish()
    return msgspec.structs.replace(gegevens, notitie=uuid, toelichting=toelichting)


def _as_verzoek(gegevens: TerugbelnotitieToewijzen) -> Terugbelverzoek:
    return Terugbelverzoek(afdeling=gegevens.afdeling, groep=gegevens.groep, medewerker=gegevens.medewerker)
