"""The callback note within a contact: who gets it, what it says, and whether anybody can be called back at all."""

from __future__ import annotations

import msgspec
from sqlalchemy import select

from kcs_desktop.backend.accounts.beheer import normal_name
from kcs_desktop.backend.accounts.tables import AccountRij
from kcs_desktop.backend.opdrachten import actoren
from kcs_desktop.backend.opdrachten.controle import Controle, seat_names
from kcs_desktop.backend.opdrachten.uitvoering import Werk
from kcs_desktop.backend.problem import InvalidBody, InvalidParam
from kcs_desktop.domain.klantcontact import MAX_GEVRAAGDE_HANDELING, MAX_TOELICHTING, Terugbelverzoek
from kcs_desktop.domain.opdracht import KlantcontactRegistreren
from kcs_desktop.domain.telefoonnummer import parse_telefoonnummer
from kcs_desktop.domain.terugbelverzoek import as_text

DEFAULT_HANDELING = "Terugbellen"
_MAX_LINE = 200


def clean(controle: Controle, verzoek: Terugbelverzoek, field: str) -> Terugbelverzoek:
    """The request fit to store; says which field is wrong or missing."""
    made = msgspec.structs.replace(
        verzoek,
        gevraagde_handeling=controle.line(
            verzoek.gevraagde_handeling, f"{field}.gevraagde_handeling", MAX_GEVRAAGDE_HANDELING
        )
        or DEFAULT_HANDELING,
        afdeling=controle.line(verzoek.afdeling, f"{field}.afdeling", _MAX_LINE),
        medewerker=controle.line(verzoek.medewerker, f"{field}.medewerker", _MAX_LINE),
        telefoonnummer=controle.parsed(verzoek.telefoonnummer, f"{field}.telefoonnummer", parse_telefoonnummer),
        voorkeursmoment=controle.line(verzoek.voorkeursmoment, f"{field}.voorkeursmoment", _MAX_LINE),
        toelichting=controle.lines(verzoek.toelichting, f"{field}.toelichting", MAX_TOELICHTING),
    )
    if not made.afdeling and not made.medewerker:
        controle.wrong(f"{field}.afdeling", "required", "Kies een afdeling of een collega.")
    text = as_text(made)
    if len(text) > MAX_TOELICHTING:
        over = len(text) - MAX_TOELICHTING
        controle.wrong(
            f"{field}.toelichting",
            "max_length",
            f"Telefoonnummer, moment en toelichting zijn samen {over} tekens te lang. Kort de toelichting in.",
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
        [] if vraag.terugbelverzoek is None else await _receivers_of(werk, vraag.terugbelverzoek, f"vragen.{index}")
        for index, vraag in enumerate(gegevens.vragen)
    ]


async def _receivers_of(werk: Werk, verzoek: Terugbelverzoek, field: str) -> list[actoren.Gezocht]:
    found = []
    if verzoek.medewerker:
        account = await werk.unit.session.scalar(
            select(AccountRij).where(AccountRij.gebruikersnaam == normal_name(verzoek.medewerker))
        )
        if account is None or account.geblokkeerd:
            reason = "Deze collega is niet gevonden. Kies iemand uit de lijst."
            raise InvalidBody([InvalidParam(f"{field}.terugbelverzoek.medewerker", "does_not_exist", reason)], reason)
        found.append(actoren.of_medewerker(account.gebruikersnaam, account.naam))
    if verzoek.afdeling:
        found.append(actoren.of_afdeling(verzoek.afdeling))
    return found


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
