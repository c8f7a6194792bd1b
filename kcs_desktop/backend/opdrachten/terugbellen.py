"""The callback note within a contact: who gets it, what it says, whether anybody can be called back, what we keep."""

from __future__ import annotations

import msgspec
from sqlalchemy import select

from kcs_desktop.backend.accounts.beheer import normal_name
from kcs_desktop.backend.accounts.tables import AccountRij
from kcs_desktop.backend.opdrachten import actoren
from kcs_desktop.backend.opdrachten.controle import Controle, seat_names
from kcs_desktop.backend.opdrachten.werk import Werk
from kcs_desktop.backend.problem import InvalidBody, InvalidParam
from kcs_desktop.backend.terugbellen.bijhouden import Nieuw, take_on
from kcs_desktop.backend.terugbellen.indeling import Indelingen, department_of
from kcs_desktop.domain.klant import SoortDigitaalAdres
from kcs_desktop.domain.klantcontact import MAX_GEVRAAGDE_HANDELING, MAX_TOELICHTING, Antwoord, Terugbelverzoek
from kcs_desktop.domain.opdracht import KlantcontactRegistreren
from kcs_desktop.domain.telefoonnummer import parse_telefoonnummer
from kcs_desktop.domain.terugbelnorm import Normen
from kcs_desktop.domain.terugbelverzoek import as_text

DEFAULT_HANDELING = "Terugbellen"
MAX_VRAGEN = 20  # of a question list
_MAX_LINE = 200


def clean(controle: Controle, verzoek: Terugbelverzoek, field: str) -> Terugbelverzoek:
    """The request fit to store; says which field is wrong or missing. `field` "": the command is the request."""
    prefix = f"{field}." if field else ""
    made = msgspec.structs.replace(
        verzoek,
        gevraagde_handeling=controle.line(
            verzoek.gevraagde_handeling, f"{prefix}gevraagde_handeling", MAX_GEVRAAGDE_HANDELING
        )
        or DEFAULT_HANDELING,
        afdeling=controle.line(verzoek.afdeling, f"{prefix}afdeling", _MAX_LINE),
        groep=controle.line(verzoek.groep, f"{prefix}groep", _MAX_LINE),
        antwoorden=tuple(
            Antwoord(
                controle.line(al.vraag, f"{prefix}antwoorden.{i}", _MAX_LINE),
                controle.line(al.antwoord, f"{prefix}antwoorden.{i}", MAX_TOELICHTING),
            )
            for i, al in enumerate(verzoek.antwoorden[:MAX_VRAGEN])
        ),
        medewerker=controle.line(verzoek.medewerker, f"{prefix}medewerker", _MAX_LINE),
        telefoonnummer=controle.parsed(verzoek.telefoonnummer, f"{prefix}telefoonnummer", parse_telefoonnummer),
        voorkeursmoment=controle.line(verzoek.voorkeursmoment, f"{prefix}voorkeursmoment", _MAX_LINE),
        toelichting=controle.lines(verzoek.toelichting, f"{prefix}toelichting", MAX_TOELICHTING),
    )
    if not made.afdeling and not made.groep and not made.medewerker:
        controle.wrong(f"{prefix}afdeling", "required", "Kies een afdeling, een groep of een collega.")
    if len(verzoek.antwoorden) > MAX_VRAGEN:
        controle.wrong(f"{prefix}antwoorden", "max_length", f"Geef hoogstens {MAX_VRAGEN} antwoorden.")
    text = as_text(made)
    if len(text) > MAX_TOELICHTING:
        over = len(text) - MAX_TOELICHTING
        controle.wrong(
            f"{prefix}toelichting",
            "max_length",
            f"Telefoonnummer, moment, antwoorden en toelichting zijn samen {over} tekens te lang."
            " Kort de toelichting in.",
        )
    return made


def check_reachable(controle: Controle, gegevens: KlantcontactRegistreren) -> None:
    """An anonymous customer without number or address cannot be called back."""
    if gegevens.klant is not None or gegevens.digitale_adressen:
        return
    for index, vraag in enumerate(gegevens.vragen):
        if vraag.terugbelverzoek is not None and not vraag.terugbelverzoek.telefoonnummer:
            controle.wrong(
                f"vragen.{index}.terugbelverzoek.telefoonnummer", "required", "Vul in hoe de klant te bereiken is."
            )


async def receivers(werk: Werk, gegevens: KlantcontactRegistreren) -> list[list[actoren.Gezocht]]:
    """Per vraag the actoren that get its note. Raises InvalidBody for a colleague who has no account."""
    return [
        []
        if vraag.terugbelverzoek is None
        else await receivers_of(werk, vraag.terugbelverzoek, f"vragen.{index}.terugbelverzoek.")
        for index, vraag in enumerate(gegevens.vragen)
    ]


async def receivers_of(werk: Werk, verzoek: Terugbelverzoek, prefix: str) -> list[actoren.Gezocht]:
    """The colleague first: what other software shows as the one it is assigned to. See `receivers`."""
    found = []
    if verzoek.medewerker:
        account = await werk.unit.session.scalar(
            select(AccountRij).where(AccountRij.gebruikersnaam == normal_name(verzoek.medewerker))
        )
        if account is None or account.geblokkeerd:
            reason = "Deze collega is niet gevonden. Kies iemand uit de lijst."
            raise InvalidBody([InvalidParam(f"{prefix}medewerker", "does_not_exist", reason)], reason)
        found.append(actoren.of_medewerker(account.gebruikersnaam, account.naam))
    if verzoek.afdeling:
        found.append(actoren.of_afdeling(verzoek.afdeling))
    if verzoek.groep:
        found.append(actoren.of_groep(verzoek.groep))
    return found


class Gemaakt(msgspec.Struct, frozen=True):
    """A note that was just registered; `partij` is the customer it is about, "" for nobody known."""

    verzoek: Terugbelverzoek
    internetaak: str
    klantcontact: str
    partij: str


async def create(werk: Werk, verzoek: Terugbelverzoek, contact: str, toegewezen: list[str], field: str) -> str:
    """The internetaak; its uuid."""
    names = {
        "gevraagdeHandeling": f"{field}.terugbelverzoek.gevraagde_handeling",
        "toelichting": f"{field}.terugbelverzoek.toelichting",
    }
    body = {
        "gevraagdeHandeling": verzoek.gevraagde_handeling,
        "aanleidinggevendKlantcontact": {"uuid": contact},
        "toegewezenAanActoren": [{"uuid": uuid} for uuid in toegewezen],
        "toelichting": as_text(verzoek),
        "status": "te_verwerken",
    }
    async with seat_names(names, f"{field}.terugbelverzoek"):
        return str((await werk.register.create(werk.unit, "internetaken", body))["uuid"])


async def keep(
    werk: Werk, normen: Normen, indelingen: Indelingen, gegevens: KlantcontactRegistreren, note: Gemaakt
) -> None:
    """What the standard cannot hold, beside the new internetaak: the promise, and who made it."""
    verzoek = note.verzoek
    indeling = await indelingen.read(werk.unit.session)
    afdeling = verzoek.afdeling or indeling.groepen.get(verzoek.groep, verzoek.groep)
    if not afdeling:
        afdeling = await department_of(werk.unit.session, normal_name(verzoek.medewerker))
    numbers = (adres.adres for adres in gegevens.digitale_adressen if adres.soort is SoortDigitaalAdres.TELEFOONNUMMER)
    wie = werk.verzoek.wie
    nieuw = Nieuw(
        note.internetaak,
        werk.nu,
        verzoek.gevraagde_handeling,
        note.klantcontact,
        note.partij,
        afdeling,
        moment=verzoek.voorkeursmoment,
        telefoonnummer=verzoek.telefoonnummer or next(numbers, ""),
        hoge_prioriteit=verzoek.hoge_prioriteit,
        antwoorden=tuple({"vraag": al.vraag, "antwoord": al.antwoord} for al in verzoek.antwoorden if al.antwoord),
        beloofd=(wie.naam, wie.weergavenaam or wie.naam),
    )
    await take_on(werk.unit, normen, [nieuw])
