"""Make a payload fit to store: control and direction characters go, texts keep their length, numbers their form.

Everything wrong is collected and told at once, under the seat's own field names (`vragen.0.onderwerp`). Nothing is ever
interpreted: markup and formulas stay the text they are.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime

import msgspec

from kcs_desktop.backend.problem import InvalidBody, InvalidParam
from kcs_desktop.domain.bsn import parse_bsn
from kcs_desktop.domain.emailadres import parse_emailadres
from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.handelsregister import parse_kvk_nummer, parse_rsin, parse_vestigingsnummer
from kcs_desktop.domain.klant import DigitaalAdres, KlantSleutel, Klantverwijzing, SoortDigitaalAdres
from kcs_desktop.domain.tekst import clean, clean_lines
from kcs_desktop.domain.telefoonnummer import parse_telefoonnummer

MAX_NAAM = 200
MAX_ADRES = 80
MAX_OMSCHRIJVING = 40
_ROOM = 10  # times its length may a text be that has yet to be cleaned; what is longer is too long as it is


class Controle:
    """Collects what is wrong; `finish` raises when anything was."""

    def __init__(self) -> None:
        self.params: list[InvalidParam] = []

    def wrong(self, field: str, code: str, reason: str) -> None:
        self.params.append(InvalidParam(field, code, reason))

    def line(self, value: str, field: str, maximum: int, *, required: bool = False) -> str:
        """One line of text."""
        return self._text(value, clean, field, maximum, required=required)

    def lines(self, value: str, field: str, maximum: int, *, required: bool = False) -> str:
        """Text with line ends."""
        return self._text(value, clean_lines, field, maximum, required=required)

    def _text(self, value: str, make_clean: Callable[[str], str], field: str, maximum: int, *, required: bool) -> str:
        value = make_clean(value) if len(value) <= maximum * _ROOM else value.strip()
        if required and not value.strip():
            self.wrong(field, "required", "Vul dit veld in.")
        if len(value) > maximum:
            self.wrong(field, "max_length", f"Gebruik hoogstens {maximum} tekens; dit zijn er {len(value)}.")
        return value

    def parsed(self, value: str, field: str, parse: Callable[..., str]) -> str:
        """A number in its normal form; empty stays empty."""
        if not value.strip():
            return ""
        try:
            return str(parse(value, field=field))
        except InvalidInput as error:
            self.wrong(error.field or field, error.code, error.message)
            return ""

    def moment(self, value: datetime, field: str) -> None:
        if value.tzinfo is None:
            self.wrong(field, "invalid", "Geef het tijdstip met een tijdzone.")

    def sleutel(self, sleutel: KlantSleutel, field: str, *, required: bool = True) -> KlantSleutel:
        """The keys in their normal form; at least one of them."""
        made = msgspec.structs.replace(
            sleutel,
            partij=clean(sleutel.partij)[:36],
            bsn=self.parsed(sleutel.bsn, f"{field}.bsn", parse_bsn),
            kvk_nummer=self.parsed(sleutel.kvk_nummer, f"{field}.kvk_nummer", parse_kvk_nummer),
            vestigingsnummer=self.parsed(sleutel.vestigingsnummer, f"{field}.vestigingsnummer", parse_vestigingsnummer),
            rsin=self.parsed(sleutel.rsin, f"{field}.rsin", parse_rsin),
        )
        given = (sleutel.partij, sleutel.bsn, sleutel.kvk_nummer, sleutel.vestigingsnummer, sleutel.rsin)
        if required and not any(part.strip() for part in given):
            self.wrong(field, "required", "Deze klant heeft geen nummer waaronder de registers hem kennen.")
        return made

    def verwijzing(self, klant: Klantverwijzing, field: str) -> Klantverwijzing:
        """The keys in their normal form, the name on one line and cut to what the register holds."""
        return Klantverwijzing(self.sleutel(klant.sleutel, f"{field}.sleutel"), clean(klant.naam)[:MAX_NAAM])

    def digitaal_adres(self, adres: DigitaalAdres, field: str) -> DigitaalAdres:
        """A phone number and mail address in their normal form."""
        text = self.line(adres.adres, f"{field}.adres", MAX_ADRES, required=True)
        before = len(self.params)
        if text and adres.soort is SoortDigitaalAdres.TELEFOONNUMMER:
            text = self.parsed(text, f"{field}.adres", parse_telefoonnummer)
        elif text and adres.soort is SoortDigitaalAdres.EMAIL:
            text = self.parsed(text, f"{field}.adres", parse_emailadres)
        if len(text) > MAX_ADRES and len(self.params) == before:
            self.wrong(f"{field}.adres", "max_length", f"Gebruik hoogstens {MAX_ADRES} tekens.")
        return msgspec.structs.replace(
            adres,
            adres=text,
            uuid=clean(adres.uuid)[:36],
            omschrijving=self.line(adres.omschrijving, f"{field}.omschrijving", MAX_OMSCHRIJVING),
        )

    def finish(self) -> None:
        """Raise InvalidBody with everything that was wrong."""
        if self.params:
            raise InvalidBody(self.params, "De gegevens zijn niet goed ingevuld.")


@asynccontextmanager
async def seat_names(names: Mapping[str, str], otherwise: str) -> AsyncIterator[None]:
    """Rename what the register refuses to the field the employee filled in; `otherwise` for what is none of them."""
    try:
        yield
    except InvalidBody as refused:
        params = [InvalidParam(names.get(param.name, otherwise), param.code, param.reason) for param in refused.params]
        raise InvalidBody(params, "Het register neemt deze gegevens niet aan.") from refused
