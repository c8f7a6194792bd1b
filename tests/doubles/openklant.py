"""A double of Open Klant 2.18: Klantinteracties 0.9.0, as it behaves. See `register` for its use.

Beside what the embedded register does already, as the real one: 401 for every trouble with the token, and null for a
`referentienummer` that was left out.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, ClassVar

from kcs_desktop.backend.gateway.instellingen import RegisterSettings
from kcs_desktop.domain.rechten import Recht
from tests.doubles.register import Answer, Dubbel, Gevraagd, problem, running

TOKEN = "token-van-de-toepassing-bij-open-klant"
_NUMBERED = {"klantcontacten", "internetaken", "maak-klantcontact"}
_NUMBER = "referentienummer"


class OpenKlant(Dubbel):
    prefix = "/open-klant"
    rechten: ClassVar[Mapping[str, Recht]] = {"crm": Recht.WIJZIGEN, "terugbelnotities": Recht.WIJZIGEN}

    def __init__(self, clock: Callable[[], datetime] | None = None) -> None:
        super().__init__(clock)
        self._unnumbered: set[str] = set()

    @property
    def base(self) -> str:
        """What the settings of this register say as its url."""
        return f"{self.url}/klantinteracties/api/v1"

    def settings(self, timeout: float = 5.0) -> dict[str, RegisterSettings]:
        """The settings of a backend in this process that has this register here."""
        return {"klantinteracties": RegisterSettings(url=self.base, token=TOKEN, timeout=timeout)}

    def environment(self) -> dict[str, str]:
        """The settings of a backend process that has this register here."""
        start = "KCS_REGISTER_KLANTINTERACTIES_"
        return {f"{start}URL": self.base, f"{start}TOKEN": TOKEN}

    def check(self, asked: Gevraagd) -> Answer | None:
        if asked.headers.get("authorization") != f"Token {TOKEN}":
            return problem(401, "authentication_failed", "Ongeldig token.")
        return None

    def twist(self, asked: Gevraagd, answer: Answer, headers: dict[str, str]) -> Answer:
        if answer[0] not in {200, 201} or not answer[2]:
            return answer
        found = json.loads(answer[2])
        if asked.method == "POST" and asked.resource in _NUMBERED:
            made, sent = found, asked.json()
            if asked.resource == "maak-klantcontact":
                made, sent = found["klantcontact"], sent["klantcontact"]
            if not sent.get(_NUMBER):
                self._unnumbered.add(made["uuid"])
        if not self._unnumbered:
            return answer
        _without_numbers(found, self._unnumbered)
        return answer[0], answer[1], json.dumps(found).encode()


def _without_numbers(found: Any, uuids: set[str]) -> None:
    waiting = [found]
    while waiting:
        part = waiting.pop()
        if isinstance(part, list):
            waiting += part
        elif isinstance(part, dict):
            waiting += part.values()
            if part.get("uuid") in uuids and _NUMBER in part:
                part[_NUMBER] = None


@contextmanager
def running_open_klant(
    clock: Callable[[], datetime] | None = None, template: Path | None = None
) -> Iterator[OpenKlant]:
    """Serve until the block ends, with the proefgemeente's customers; `clock` is by default the real one.

    `template` is a filled database to begin from.
    """
    double = OpenKlant(clock)
    with running(double, clock, template):
        yield double
