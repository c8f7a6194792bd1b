"""What a seat remembers of its last sign-in, and the names under which it keeps things. No secrets, no customer data.

Read before the first paint: it must stay free of anything heavy.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

import msgspec

SERVICE = "kcs-desktop"  # of every secret in the keyring
FILE = "zitplaats.json"
_PORTS = {"https": 443, "http": 80}
REMEMBERED = 50  # employees whose roles one seat remembers
SLOT_MINUTEN = 10  # the longest that nobody touches an unlocked seat
CLOCK_MARGIN = timedelta(minutes=1)  # so far back goes a clock that is merely being set right

Moment = Annotated[datetime, msgspec.Meta(tz=True)]


class Zitplaats(msgspec.Struct, frozen=True, omit_defaults=True):
    """The last sign-in here. `sessie_tot` is absent after a sign-out; `winkel` names the employee's files.

    `mag_klanten`: the roles of that sign-in may see customers, and `mag_basisregistraties` what the base registers
    say of them. `laatst_bezig` is the last input, at most a minute too early; `slot_minuten` the silence after which it
    locks.
    `rollen_per` are the roles in which whoever worked here last did so, by the name of their files.
    `functies` are what this sign-in may see: the first frame shows those tabs, before the backend answers.
    """

    gebruikersnaam: str = ""
    naam: str = ""
    werkplek: str = ""
    rollen: tuple[str, ...] = ()
    winkel: str = ""
    sessie_tot: Moment | None = None
    vergrendeld: bool = False
    laatst_bezig: Moment | None = None
    slot_minuten: int = SLOT_MINUTEN
    mag_klanten: bool = False
    mag_basisregistraties: bool = False
    functies: tuple[str, ...] = ()
    rollen_per: dict[str, tuple[str, ...]] = {}

    def rollen_of(self, winkel: str) -> tuple[str, ...]:
        """The roles that this employee last chose here; () for who did not work here."""
        return self.rollen_per.get(winkel) or (self.rollen if winkel == self.winkel else ())

    def is_locked_at(self, now: datetime) -> bool:
        """By hand, or by silence, which goes on while the window is closed.

        After a clock that was put back the silence is unknown: then it is locked.
        """
        if self.vergrendeld or self.laatst_bezig is None:
            return True
        return not -CLOCK_MARGIN <= now - self.laatst_bezig < timedelta(minutes=self.slot_minuten)


def winkel_of(gebruikersnaam: str, backend: str) -> str:
    """The name in the employee's files and keys: the same account at another backend is another employee.

    One backend has one name, however its address is spelled.
    """
    return _winkel(gebruikersnaam, normal_address(backend))


def older_winkels(gebruikersnaam: str, backend: str) -> tuple[str, ...]:
    """The names that earlier versions gave, which hashed the address as it was written."""
    normaal = normal_address(backend)
    adressen = dict.fromkeys((backend, backend.rstrip("/"), *_with_port(backend.rstrip("/")), *_with_port(normaal)))
    namen = dict.fromkeys(_winkel(gebruikersnaam, adres) for adres in adressen)
    return tuple(naam for naam in namen if naam != winkel_of(gebruikersnaam, backend))


def normal_address(backend: str) -> str:
    """One spelling: small letters, no final dot or slash, no port that needs no mention, IDNA."""
    from urllib.parse import urlsplit  # neither does it need this

    delen = urlsplit(backend)
    if not delen.scheme or not delen.hostname:
        return backend
    host = delen.hostname.rstrip(".")
    try:
        host = host.encode("idna").decode().lower()
        poort = delen.port
    except ValueError:
        return backend
    if ":" in host:
        host = f"[{host}]"
    schema = delen.scheme.lower()
    heen = f":{poort}" if poort not in {None, _PORTS.get(schema)} else ""
    rest = delen._replace(scheme="", netloc="").geturl().rstrip("/")
    return f"{schema}://{host}{heen}{rest}"


def _with_port(backend: str) -> tuple[str, ...]:
    """The same address with the port that needs no mention."""
    schema, _, rest = backend.partition("://")
    host, streep, pad = rest.partition("/")
    poort = _PORTS.get(schema.lower())
    if poort is None or host.rpartition(":")[2].isdigit():
        return ()
    return (f"{schema}://{host}:{poort}{streep}{pad}",)


def _winkel(gebruikersnaam: str, adres: str) -> str:
    import hashlib  # loads OpenSSL, which the first paint does not need

    return hashlib.sha256(f"{adres}\n{gebruikersnaam.casefold()}".encode()).hexdigest()[:20]


def sleutelnaam(winkel: str) -> str:
    """Name of the store's key in the keyring."""
    return f"sleutel-{winkel}"


def sessienaam(winkel: str) -> str:
    """Name of the remembered session in the keyring."""
    return f"sessie-{winkel}"


def geweestnaam(winkel: str) -> str:
    """Name under which versions before this one left the last token of a session in the keyring; it goes."""
    return f"geweest-{winkel}"


def parse_zitplaats(inhoud: bytes) -> Zitplaats:
    """An empty one for anything that is not what a seat wrote."""
    try:
        return msgspec.json.decode(inhoud, type=Zitplaats)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return Zitplaats()
