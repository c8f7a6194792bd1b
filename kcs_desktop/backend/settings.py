"""Settings of the backend: environment variables `KCS_*` over TOML, the same names in both; unknown keys are errors."""

from __future__ import annotations

import msgspec


class RegisterSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One register: embedded when `url` is empty, else upstream at that address."""

    url: str = ""
    token: str = ""
    timeout: float = 10.0  # seconds per call


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Everything `serve` needs. Secrets come from the environment or a file, never from argv."""

    database_url: str
    host: str = "127.0.0.1"
    port: int = 0
    proefgemeente: bool = False
    registers: dict[str, RegisterSettings] = {}
    seat_secret: str = ""  # one-time secret of an embedded backend; every request must carry it

    @property
    def is_loopback(self) -> bool:
        return self.host in {"127.0.0.1", "::1", "localhost"}

    def register(self, naam: str) -> RegisterSettings:
        return self.registers.get(naam, RegisterSettings())
