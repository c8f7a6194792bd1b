"""Settings of the backend: environment variables `KCS_*` over TOML, the same names in both; unknown keys are errors.

`KCS_DATABASE_URL` in the environment is `database_url` in TOML; `KCS_REGISTER_BRP_URL` is `register_brp_url`, or `url`
in the table `[register.brp]`. A secret may stand in a file: `KCS_REGISTER_BRP_TOKEN_BESTAND` names it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from ipaddress import ip_address
from pathlib import Path
from typing import Any, get_type_hints

import msgspec

from kcs_desktop.backend.accounts.oidc.instellingen import OidcSettings, read_rolmap
from kcs_desktop.backend.accounts.oidc.instellingen import check as check_oidc
from kcs_desktop.backend.gateway.instellingen import RegisterSettings, register_key
from kcs_desktop.backend.gateway.instellingen import check as check_registers
from kcs_desktop.domain.errors import InvalidInput

PREFIX = "KCS_"
FILE_KEY = "KCS_INSTELLINGEN"
MANAGED_FILE = Path("/etc/kcs-desktop/backend.toml")
_IN_FILE = "_bestand"
_SECRETS = ("database_url", "token", "secret")
_INTERNAL = frozenset({"registers", "seat_secret", "ingebed", "oidc"})
_OIDC = "oidc_"
_ROLMAP = "oidc_rolmap"
# Names of the seat and of the tests, which may stand in the same environment.
_FOREIGN = frozenset({"KCS_BACKEND_URL", "KCS_PROFIEL", "KCS_SPECS", "KCS_DATA"})
_FOREIGN_PREFIXES = ("KCS_WEERGAVE_", "KCS_THEMA_", "KCS_SLOT_", "KCS_TEST_")
_EXPECTED = {int: "een geheel getal", float: "een getal", bool: "ja of nee", str: "tekst"}
_YES = {"1", "ja", "true", "aan"}
_NO = {"0", "nee", "false", "uit"}


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything `serve` needs. Secrets come from the environment or a file, never from argv."""

    database_url: str
    host: str = "127.0.0.1"
    port: int = 0
    proefgemeente: bool = False
    workers: int = 1
    certificaat: str = ""  # PEM files for TLS
    sleutel: str = ""
    achter_proxy: bool = False  # a proxy on this machine speaks TLS and tells the caller's address
    tokensleutel_bestand: str = ""  # its content is mixed into the key that signs tokens
    hartslag: float = 15.0  # seconds between two heartbeats of a stream
    metrics_van: str = ""  # addresses or networks beside this computer that may read /metrics
    bewaren_gebeurtenissen: int = 30  # days of change feed; a seat that is further behind reads everything again
    bewaren_audit: int = 1826  # days of audit trail
    bewaren_sessies: int = 30  # days after the end of a session
    bestand_maximum: int = 4 * 1024**3  # bytes of one file
    bestanden_per_medewerker: int = 10 * 1024**3  # bytes that one may have here without a document, all together
    virusscanner: str = ""  # "command:…" or "icap://host:port/service"; empty: nothing is scanned
    virusscanner_tijd: float = 120.0  # seconds for one file
    knip_stappen: str = ""  # names of the steps of the knip, with commas; empty is the six of the norm
    zaakrechten: str = ""  # per role up to which aanduiding, and of which zaaktypen; see domain/zaakrechten.py
    terugbellen_norm: int = 1  # working days within which somebody is called back
    terugbellen_normen: str = ""  # where it differs: "Burgerzaken=2, Bouwen en Wonen=3"
    openingstijden: str = "8:30-17:00"  # of every working day
    gesloten_dagen: str = ""  # extra closed days: "2026-12-24, 2027-05-07"
    bevrijdingsdag_elke: int = 5  # years in which the 5th of May is closed: 5 is 2025 and 2030, 1 always, 0 never
    eformulier_bronnen: str = "Open Formulieren"  # a zaak with a kenmerk of one of these sources is of a form
    eformulier_kanalen: str = (
        "e-formulier, webformulier, formulier, website"  # and one with one of these communicatiekanalen
    )
    eformulier_toelichtingen: str = "inzender formulier"  # and one with this at the rol of its initiator
    eformulier_dagen: int = 30  # how many days back a zaak without a kenmerk is looked for; 0: not at all
    eformulier_norm: int = 2  # working days within which somebody takes on what a form sent
    registers: dict[str, RegisterSettings] = {}
    oidc: OidcSettings = OidcSettings()
    ingebed: bool = False
    seat_secret: str = ""  # one-time secret of an embedded backend; every request must carry it

    @property
    def is_loopback(self) -> bool:
        """Only this computer can reach it: bound to a loopback address, and no proxy passes others on."""
        return not self.achter_proxy and is_loopback_host(self.host)

    def register(self, naam: str) -> RegisterSettings:
        return self.registers.get(naam, RegisterSettings())


def is_loopback_host(host: str) -> bool:
    """Whether this address or name is this computer's own."""
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def load_settings(
    environment: Mapping[str, str], given: Mapping[str, Any], *, managed: Path = MANAGED_FILE
) -> Settings:
    """From the managed file, the file named by KCS_INSTELLINGEN, the environment and `given` (argv): the last one wins.

    Raises InvalidInput that names the key and where it stands.
    """
    values: dict[str, Any] = {}
    if managed.is_file():
        values |= _from_file(managed)
    if named := environment.get(FILE_KEY, ""):
        path = Path(named)
        if not path.is_file():
            raise _wrong(FILE_KEY, f"het bestand {named} is er niet")
        values |= _from_file(path)
    for key, text in environment.items():
        is_ours = key.startswith(PREFIX) and key != FILE_KEY and key not in _FOREIGN
        if is_ours and not key.startswith(_FOREIGN_PREFIXES):
            values |= _one(key.removeprefix(PREFIX).lower(), text, key)
    values |= {key: value for key, value in given.items() if value is not None}
    return _assemble(values)


def _assemble(values: dict[str, Any]) -> Settings:
    registers: dict[str, dict[str, Any]] = {}
    oidc: dict[str, Any] = {}
    plain: dict[str, Any] = {}
    for key, value in values.items():
        if key.startswith(_OIDC):
            oidc[key.removeprefix(_OIDC)] = value
            continue
        if key.startswith("register_"):
            naam, field = register_key(key) or ("", "")
            registers.setdefault(naam, {})[field] = value
        else:
            plain[key] = value
    if not plain.get("database_url"):
        raise _wrong(
            "KCS_DATABASE_URL", "geef het adres van de database op, bijvoorbeeld sqlite:////var/lib/kcs/kcs.db"
        )
    return Settings(
        **plain,
        registers=check_registers({naam: RegisterSettings(**fields) for naam, fields in registers.items()}),
        oidc=check_oidc(OidcSettings(**oidc)),
    )


def _from_file(path: Path) -> dict[str, Any]:
    try:
        tables = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise _wrong(str(path), "dit is geen TOML") from error
    values: dict[str, Any] = {}
    for key, value in _flatten(tables):
        values |= _one(key, value, f"{key} in {path}")
    return values


def _flatten(tables: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    flat: list[tuple[str, Any]] = []
    for key, value in tables.items():
        if isinstance(value, dict) and f"{prefix}{key}" != _ROLMAP:  # its keys are the provider's, not ours
            flat += _flatten(value, f"{prefix}{key}_")
        else:
            flat.append((f"{prefix}{key}", value))
    return flat


def _one(key: str, value: Any, shown: str) -> dict[str, Any]:
    """One key with its value in its type. `shown` is how an error names it."""
    if key == _ROLMAP:
        return {key: read_rolmap(value, shown)}
    kind = _kind(key)
    if kind is None and key.endswith(_IN_FILE) and _is_secret(key.removesuffix(_IN_FILE)):
        return _one(key.removesuffix(_IN_FILE), _read_secret(str(value), shown), shown)
    if kind is None:
        raise _wrong(shown, "deze instelling bestaat niet")
    return {key: _convert(value, kind, shown)}


def _kind(key: str) -> type | None:
    if key.startswith("register_"):
        found = register_key(key)
        return get_type_hints(RegisterSettings)[found[1]] if found else None
    if key.startswith(_OIDC):
        of_oidc: type | None = get_type_hints(OidcSettings).get(key.removeprefix(_OIDC))
        return of_oidc
    if key in _INTERNAL:
        return None
    kind: type | None = get_type_hints(Settings).get(key)
    return kind


def _is_secret(key: str) -> bool:
    return _kind(key) is str and key.endswith(_SECRETS)


def _read_secret(path: str, shown: str) -> str:
    try:
        return Path(path).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise _wrong(shown, "het bestand kan niet worden gelezen") from error


def _convert(value: Any, kind: type, shown: str) -> Any:
    if kind is bool and isinstance(value, str):
        if value.lower() in _YES | _NO:
            return value.lower() in _YES
        raise _wrong(shown, f"verwacht {_EXPECTED[kind]}")
    try:
        return msgspec.convert(value, kind, strict=not isinstance(value, str))
    except msgspec.ValidationError as error:
        raise _wrong(shown, f"verwacht {_EXPECTED.get(kind, 'iets anders')}") from error


def _wrong(key: str, what: str) -> InvalidInput:
    return InvalidInput(f"Instelling {key}: {what}.", field=key, code="instelling")
