"""`doctor`: is everything as it must be, and if not, what to do. Dutch lines, no personal data, an exit code."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError

from kcs_desktop.backend.accounts.oidc import idtoken
from kcs_desktop.backend.accounts.oidc.aanbieder import Aanbieder, Away
from kcs_desktop.backend.audit.chain import verify_chain
from kcs_desktop.backend.beheer.bevinding import Bevinding, good, wrong
from kcs_desktop.backend.beheer.registers import examine_registers
from kcs_desktop.backend.bestanden.scanner import ScannerFailed, read_scanner
from kcs_desktop.backend.db.bestand import readable_by_others, sqlite_file
from kcs_desktop.backend.db.migratie import stand
from kcs_desktop.backend.db.schrijfstand import LITTLE
from kcs_desktop.backend.db.unit import Database, utc_now
from kcs_desktop.backend.gateway.klok import seconds_ahead
from kcs_desktop.backend.settings import Settings
from kcs_desktop.backend.zoeken.projection import is_behind
from kcs_desktop.domain.errors import KcsError

_AWAY = {
    "issuer": "Neem in KCS_OIDC_ISSUER letterlijk over wat de aanmelddienst als issuer noemt, ook de laatste schuine"
    " streep.",
    "insecure-endpoint": "De aanmelddienst noemt een adres zonder https. Meld het bij wie hem beheert.",
    "no-pkce": "De aanmelddienst kent geen PKCE met S256. Meld het bij wie hem beheert.",
}
_MAX_UNSEALED = 1000
_LOG_SETTINGS = ("log_error_verbosity", "log_min_duration_statement", "log_parameter_max_length", "log_statement")


async def examine(settings: Settings) -> list[Bevinding]:
    """Everything, in the order in which to mend it."""
    found = [_schema(settings.database_url)]
    if found[0].in_orde:
        db = Database(settings.database_url)
        try:
            found += [await _integrity(db), await _clock(db), await _log(db), await _audit(db), await _search(db)]
        except (SQLAlchemyError, OSError) as error:
            advies = "Start de database en controleer het adres."
            found.append(wrong("Database", f"antwoordt niet ({type(error).__name__}).", advies))
        finally:
            await db.close()
    found += [_disk(settings.database_url), _files(settings.database_url), _tls(settings)]
    found.append(await _virusscanner(settings))
    found += await _gemeenteaccount(settings)
    return found + await examine_registers(settings, utc_now)


async def _virusscanner(settings: Settings) -> Bevinding:
    """Whether it has an answer to a file that nothing is wrong with."""

    async def inhoud() -> AsyncIterator[bytes]:
        yield b"Een bestand om te proberen."

    try:
        scanner = read_scanner(settings.virusscanner, settings.virusscanner_tijd)
        if scanner is None:
            return good("Virusscanner", "geen; bestanden heten niet onderzocht.")
        uitslag = await scanner.scan(27, inhoud())
    except (KcsError, ScannerFailed) as error:
        advies = "Start de scanner en controleer KCS_VIRUSSCANNER. Zolang blijven nieuwe bestanden wachten."
        return wrong("Virusscanner", f"geeft geen antwoord ({error}).", advies)
    if uitslag.is_schoon:
        return good("Virusscanner", "antwoordt.")
    return wrong("Virusscanner", "vindt een virus in een gewoon stukje tekst.", "Controleer hoe hij is ingesteld.")


def _schema(url: str) -> Bevinding:
    try:
        current = stand(url)
    except (KcsError, SQLAlchemyError, OSError) as error:
        advies = "Start de database en controleer het adres."
        return wrong("Database", f"is niet bereikbaar ({type(error).__name__}).", advies)
    if current.is_current:
        return good("Database", f"bereikbaar, versie {current.revision or 'zonder nummer'}.")
    return wrong("Database", current.description, "Draai kcs-backend migrate.")


async def _integrity(db: Database) -> Bevinding:
    if db.dialect != "sqlite":
        return good("Opslag", "PostgreSQL bewaakt die zelf.")
    async with db.read() as session:
        answer = (await session.execute(text("PRAGMA quick_check(1)"))).scalar_one()
    if answer == "ok":
        return good("Opslag", "heel.")
    return wrong("Opslag", "de database is beschadigd.", "Zet de laatste back-up terug met herstel.")


async def _clock(db: Database) -> Bevinding:
    if db.dialect == "sqlite":
        return good("Klok", "één computer, dus één klok.")
    async with db.read() as session:
        theirs = (await session.execute(text("SELECT clock_timestamp()"))).scalar_one()
    off = abs(theirs.astimezone(UTC) - datetime.now(UTC))
    if off < timedelta(seconds=5):
        return good("Klok", "gelijk met die van de database.")
    advies = "Zet tijdsynchronisatie aan op beide computers."
    return wrong("Klok", f"scheelt {off.total_seconds():.0f} seconden met de database.", advies)


async def _log(db: Database) -> Bevinding:
    """Whether PostgreSQL writes values in its own log: in full, an error about a taken key quotes it, a BSN too."""
    if db.dialect == "sqlite":
        return good("Databaselogboek", "SQLite heeft er geen.")
    async with db.read() as session:
        told = {
            name: str((await session.execute(text(f"SHOW {name}"))).scalar_one())
            for name in (
                "log_error_verbosity",
                "log_min_duration_statement",
                "log_parameter_max_length",
                "log_statement",
            )
        }
    shows_statements = told["log_statement"] in {"mod", "all"} or told["log_min_duration_statement"] != "-1"
    if told["log_error_verbosity"] == "terse" and not (shows_statements and told["log_parameter_max_length"] != "0"):
        return good("Databaselogboek", "zonder gegevens van klanten.")
    return wrong(
        "Databaselogboek",
        "PostgreSQL kan nummers van klanten in zijn eigen logboek schrijven.",
        "Zet log_error_verbosity op terse en log_parameter_max_length op 0.",
    )


async def _audit(db: Database) -> Bevinding:
    report = await verify_chain(db)
    counted = f"{report.sealed} regels verzegeld, {report.unsealed} nog niet."
    if not report.is_whole:
        advies = "Meld dit bij de informatiebeveiliging en bewaar een back-up."
        return wrong("Auditspoor", f"{report.reason} (schakel {report.broken_at}); {counted}", advies)
    if report.unsealed > _MAX_UNSEALED:
        return wrong("Auditspoor", counted, "Draait er een server? Die verzegelt binnen 5 seconden.")
    return good("Auditspoor", counted)


async def _search(db: Database) -> Bevinding:
    if await is_behind(db):
        return wrong("Zoekindex", "loopt achter.", "Herstart de server; die bouwt hem dan opnieuw op.")
    return good("Zoekindex", "bij.")


def _disk(url: str) -> Bevinding:
    parsed = make_url(url)
    folder = Path(parsed.database or ".").absolute().parent if parsed.get_backend_name() == "sqlite" else Path.cwd()
    if not folder.is_dir():
        return wrong("Schijf", "de map van de database is er niet.", "Maak de map aan.")
    free = shutil.disk_usage(folder).free
    shown = f"{free / (1 << 30):.1f} GB vrij."
    if free >= LITTLE:
        return good("Schijf", shown)
    return wrong("Schijf", shown, "Maak ruimte vrij; onder 1 GB loopt het werk gevaar.")


def _files(url: str) -> Bevinding:
    if sqlite_file(url) is None:
        return good("Bestanden", "PostgreSQL bewaakt die zelf.")
    if not (open_files := readable_by_others(url)):
        return good("Bestanden", "alleen leesbaar voor dit account.")
    namen = ", ".join(path.name for path in open_files)
    return wrong("Bestanden", f"ook leesbaar voor anderen: {namen}.", "Geef ze aan dit account, met rechten 0600.")


def _tls(settings: Settings) -> Bevinding:
    if settings.is_loopback:
        return good("Versleuteling", "niet nodig: alleen deze computer kan erbij.")
    if settings.achter_proxy or (settings.certificaat and settings.sleutel):
        return good("Versleuteling", "TLS staat aan.")
    return wrong("Versleuteling", "er is geen certificaat.", "Vul certificaat en sleutel in.")


async def _gemeenteaccount(settings: Settings) -> list[Bevinding]:
    """The provider as the sign-in will meet it: its discovery, its keys, its clock, and how its tokens are kept."""
    wat, oidc = "Gemeente-account", settings.oidc
    if not oidc.is_on:
        return [good(wat, "niet ingesteld; iedereen heeft een eigen account.")]
    aanbieder = Aanbieder(oidc, lambda: datetime.now(UTC))
    try:
        keys, date = await aanbieder.keys_now(), aanbieder.date
    except Away as error:
        advies = _AWAY.get(str(error), "Controleer KCS_OIDC_ISSUER en de verbinding.")
        return [wrong(wat, f"de aanmelddienst is niet te gebruiken ({error}).", advies)]
    finally:
        await aanbieder.close()
    if not keys:
        return [wrong(wat, "de aanmelddienst toont geen sleutels.", "Meld het bij wie de aanmelddienst beheert.")]
    found = [good(wat, f"aanmelddienst bereikbaar, {keys} {'sleutel' if keys == 1 else 'sleutels'}.")]
    if (off := abs(seconds_ahead(date, utc_now()))) > idtoken.LEEWAY:
        advies = "Zet tijdsynchronisatie aan; bij meer dan een minuut wordt elke aanmelding geweigerd."
        found.append(wrong(wat, f"de klok scheelt {off:.0f} seconden met die van de aanmelddienst.", advies))
    if not (oidc.client_secret or settings.tokensleutel_bestand):
        advies = "Vul KCS_OIDC_CLIENT_SECRET_BESTAND of KCS_TOKENSLEUTEL_BESTAND in."
        found.append(wrong(wat, "wie de database heeft, kan de tokens van de aanmelddienst lezen.", advies))
    return found
