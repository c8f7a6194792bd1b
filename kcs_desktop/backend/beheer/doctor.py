"""`doctor`: is everything as it must be, and if not, what to do. Dutch lines, no personal data, an exit code."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

import httpx
import msgspec
from sqlalchemy import make_url, text
from sqlalchemy.exc import SQLAlchemyError

from kcs_desktop.backend.accounts.oidc import idtoken
from kcs_desktop.backend.accounts.oidc.aanbieder import Aanbieder, Away
from kcs_desktop.backend.audit.chain import verify_chain
from kcs_desktop.backend.bestanden.scanner import ScannerFailed, read_scanner
from kcs_desktop.backend.db.bestand import readable_by_others, sqlite_file
from kcs_desktop.backend.db.migratie import stand
from kcs_desktop.backend.db.schrijfstand import LITTLE
from kcs_desktop.backend.db.unit import Database
from kcs_desktop.backend.settings import REGISTERS, Settings
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


class Bevinding(msgspec.Struct, frozen=True):
    """One thing looked at. `advies` says what to do where it is not in order."""

    onderwerp: str
    in_orde: bool
    melding: str
    advies: str = ""

    def __str__(self) -> str:
        mark = "in orde" if self.in_orde else "LET OP"
        return f"[{mark}] {self.onderwerp}: {self.melding} {self.advies}".rstrip()


def _good(onderwerp: str, melding: str) -> Bevinding:
    return Bevinding(onderwerp, in_orde=True, melding=melding)


def _wrong(onderwerp: str, melding: str, advies: str) -> Bevinding:
    return Bevinding(onderwerp, in_orde=False, melding=melding, advies=advies)


async def examine(settings: Settings) -> list[Bevinding]:
    """Everything, in the order in which to mend it."""
    found = [_schema(settings.database_url)]
    if found[0].in_orde:
        db = Database(settings.database_url)
        try:
            found += [await _integrity(db), await _clock(db), await _log(db), await _audit(db), await _search(db)]
        except (SQLAlchemyError, OSError) as error:
            advies = "Start de database en controleer het adres."
            found.append(_wrong("Database", f"antwoordt niet ({type(error).__name__}).", advies))
        finally:
            await db.close()
    found += [_disk(settings.database_url), _files(settings.database_url), _tls(settings)]
    found.append(await _virusscanner(settings))
    found += await _gemeenteaccount(settings)
    found += [await _register(settings, naam) for naam in REGISTERS]
    return found


async def _virusscanner(settings: Settings) -> Bevinding:
    """Whether it has an answer to a file that nothing is wrong with."""

    async def inhoud() -> AsyncIterator[bytes]:
        yield b"Een bestand om te proberen."

    try:
        scanner = read_scanner(settings.virusscanner, settings.virusscanner_tijd)
        if scanner is None:
            return _good("Virusscanner", "geen; bestanden heten niet onderzocht.")
        uitslag = await scanner.scan(27, inhoud())
    except (KcsError, ScannerFailed) as error:
        advies = "Start de scanner en controleer KCS_VIRUSSCANNER. Zolang blijven nieuwe bestanden wachten."
        return _wrong("Virusscanner", f"geeft geen antwoord ({error}).", advies)
    if uitslag.is_schoon:
        return _good("Virusscanner", "antwoordt.")
    return _wrong("Virusscanner", "vindt een virus in een gewoon stukje tekst.", "Controleer hoe hij is ingesteld.")


def _schema(url: str) -> Bevinding:
    try:
        current = stand(url)
    except (KcsError, SQLAlchemyError, OSError) as error:
        advies = "Start de database en controleer het adres."
        return _wrong("Database", f"is niet bereikbaar ({type(error).__name__}).", advies)
    if current.is_current:
        return _good("Database", f"bereikbaar, versie {current.revision or 'zonder nummer'}.")
    return _wrong("Database", current.description, "Draai kcs-backend migrate.")


async def _integrity(db: Database) -> Bevinding:
    if db.dialect != "sqlite":
        return _good("Opslag", "PostgreSQL bewaakt die zelf.")
    async with db.read() as session:
        answer = (await session.execute(text("PRAGMA quick_check(1)"))).scalar_one()
    if answer == "ok":
        return _good("Opslag", "heel.")
    return _wrong("Opslag", "de database is beschadigd.", "Zet de laatste back-up terug met herstel.")


async def _clock(db: Database) -> Bevinding:
    if db.dialect == "sqlite":
        return _good("Klok", "één computer, dus één klok.")
    async with db.read() as session:
        theirs = (await session.execute(text("SELECT clock_timestamp()"))).scalar_one()
    off = abs(theirs.astimezone(UTC) - datetime.now(UTC))
    if off < timedelta(seconds=5):
        return _good("Klok", "gelijk met die van de database.")
    advies = "Zet tijdsynchronisatie aan op beide computers."
    return _wrong("Klok", f"scheelt {off.total_seconds():.0f} seconden met de database.", advies)


async def _log(db: Database) -> Bevinding:
    """Whether PostgreSQL writes values in its own log: in full, an error about a taken key quotes it, a BSN too."""
    if db.dialect == "sqlite":
        return _good("Databaselogboek", "SQLite heeft er geen.")
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
        return _good("Databaselogboek", "zonder gegevens van klanten.")
    return _wrong(
        "Databaselogboek",
        "PostgreSQL kan nummers van klanten in zijn eigen logboek schrijven.",
        "Zet log_error_verbosity op terse en log_parameter_max_length op 0.",
    )


async def _audit(db: Database) -> Bevinding:
    report = await verify_chain(db)
    counted = f"{report.sealed} regels verzegeld, {report.unsealed} nog niet."
    if not report.is_whole:
        advies = "Meld dit bij de informatiebeveiliging en bewaar een back-up."
        return _wrong("Auditspoor", f"{report.reason} (schakel {report.broken_at}); {counted}", advies)
    if report.unsealed > _MAX_UNSEALED:
        return _wrong("Auditspoor", counted, "Draait er een server? Die verzegelt binnen 5 seconden.")
    return _good("Auditspoor", counted)


async def _search(db: Database) -> Bevinding:
    if await is_behind(db):
        return _wrong("Zoekindex", "loopt achter.", "Herstart de server; die bouwt hem dan opnieuw op.")
    return _good("Zoekindex", "bij.")


def _disk(url: str) -> Bevinding:
    parsed = make_url(url)
    folder = Path(parsed.database or ".").absolute().parent if parsed.get_backend_name() == "sqlite" else Path.cwd()
    if not folder.is_dir():
        return _wrong("Schijf", "de map van de database is er niet.", "Maak de map aan.")
    free = shutil.disk_usage(folder).free
    shown = f"{free / (1 << 30):.1f} GB vrij."
    if free >= LITTLE:
        return _good("Schijf", shown)
    return _wrong("Schijf", shown, "Maak ruimte vrij; onder 1 GB loopt het werk gevaar.")


def _files(url: str) -> Bevinding:
    if sqlite_file(url) is None:
        return _good("Bestanden", "PostgreSQL bewaakt die zelf.")
    if not (open_files := readable_by_others(url)):
        return _good("Bestanden", "alleen leesbaar voor dit account.")
    namen = ", ".join(path.name for path in open_files)
    return _wrong("Bestanden", f"ook leesbaar voor anderen: {namen}.", "Geef ze aan dit account, met rechten 0600.")


def _tls(settings: Settings) -> Bevinding:
    if settings.is_loopback:
        return _good("Versleuteling", "niet nodig: alleen deze computer kan erbij.")
    if settings.achter_proxy or (settings.certificaat and settings.sleutel):
        return _good("Versleuteling", "TLS staat aan.")
    return _wrong("Versleuteling", "er is geen certificaat.", "Vul certificaat en sleutel in.")


async def _gemeenteaccount(settings: Settings) -> list[Bevinding]:
    """The provider as the sign-in will meet it: its discovery, its keys, its clock, and how its tokens are kept."""
    wat, oidc = "Gemeente-account", settings.oidc
    if not oidc.is_on:
        return [_good(wat, "niet ingesteld; iedereen heeft een eigen account.")]
    aanbieder = Aanbieder(oidc, lambda: datetime.now(UTC))
    try:
        keys, date = await aanbieder.keys_now(), aanbieder.date
    except Away as error:
        advies = _AWAY.get(str(error), "Controleer KCS_OIDC_ISSUER en de verbinding.")
        return [_wrong(wat, f"de aanmelddienst is niet te gebruiken ({error}).", advies)]
    finally:
        await aanbieder.close()
    if not keys:
        return [_wrong(wat, "de aanmelddienst toont geen sleutels.", "Meld het bij wie de aanmelddienst beheert.")]
    found = [_good(wat, f"aanmelddienst bereikbaar, {keys} {'sleutel' if keys == 1 else 'sleutels'}.")]
    if (off := _seconds_off(date)) > idtoken.LEEWAY:
        advies = "Zet tijdsynchronisatie aan; bij meer dan een minuut wordt elke aanmelding geweigerd."
        found.append(_wrong(wat, f"de klok scheelt {off:.0f} seconden met die van de aanmelddienst.", advies))
    if not (oidc.client_secret or settings.tokensleutel_bestand):
        advies = "Vul KCS_OIDC_CLIENT_SECRET_BESTAND of KCS_TOKENSLEUTEL_BESTAND in."
        found.append(_wrong(wat, "wie de database heeft, kan de tokens van de aanmelddienst lezen.", advies))
    return found


def _seconds_off(date: str) -> float:
    """How far our clock is from what a Date header says; 0 where it says nothing."""
    try:
        theirs = parsedate_to_datetime(date)
    except ValueError:
        return 0.0
    return abs((theirs.replace(tzinfo=theirs.tzinfo or UTC) - datetime.now(UTC)).total_seconds())


async def _register(settings: Settings, naam: str) -> Bevinding:
    register = settings.register(naam)
    if not register.url:
        return _good(f"Register {naam}", "eigen tabellen.")
    try:
        async with httpx.AsyncClient(timeout=register.timeout) as client:
            answer = await client.get(register.url)
    except httpx.HTTPError as error:
        advies = "Controleer het adres en de verbinding."
        return _wrong(f"Register {naam}", f"antwoordt niet ({type(error).__name__}).", advies)
    if answer.status_code >= 500:
        return _wrong(f"Register {naam}", f"geeft fout {answer.status_code}.", "Meld het bij de beheerder.")
    version = answer.headers.get("api-version", "onbekend")[:20]
    return _good(f"Register {naam}", f"bereikbaar, versie {version}.")
