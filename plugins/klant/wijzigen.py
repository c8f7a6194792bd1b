"""The form in which contact data are changed: what was seen, what is typed, and the command that follows from both.

Qt-free. The form never writes: `wijziging` says what the register must be asked. Every row keeps what the employee saw
(`gezien`), so that a colleague's change meanwhile is found, marked, and never overwritten unseen.
"""

from __future__ import annotations

import msgspec

from kcs_desktop.sdk import (
    AdresWijziging,
    DigitaalAdres,
    InvalidInput,
    Klantbeeld,
    Klantverwijzing,
    KlantWijzigen,
    SoortDigitaalAdres,
    VeldWijziging,
)
from plugins.klant import invoer, tekst


class Adresrij(msgspec.Struct, omit_defaults=True):
    """One address in the form. `sleutel` is stable while the form is open; `hun` is what a colleague made of it."""

    sleutel: str
    soort: SoortDigitaalAdres
    adres: str = ""
    omschrijving: str = ""
    standaard: bool = False
    gezien: DigitaalAdres | None = None
    verwijderd: bool = False
    hun: DigitaalAdres | None = None
    hun_verwijderd: bool = False

    @property
    def is_empty_new(self) -> bool:
        return self.gezien is None and not self.adres.strip() and not self.omschrijving.strip()

    def becomes(self) -> DigitaalAdres:
        """As it must be; raises InvalidInput with this row's field name."""
        return DigitaalAdres(
            soort=self.soort,
            adres=invoer.digital_address(self.soort, self.adres, field=f"{self.sleutel}.adres"),
            uuid=self.gezien.uuid if self.gezien is not None else "",
            omschrijving=invoer.text(
                self.omschrijving,
                invoer.MAX_OMSCHRIJVING,
                field=f"{self.sleutel}.omschrijving",
                label="een omschrijving",
            ),
            standaard=self.standaard,
        )


class Veldrij(msgspec.Struct, omit_defaults=True):
    """One field of the partij: what was seen and what is chosen; `hun` is a colleague's value, if there is one."""

    veld: str
    gezien: str = ""
    wordt: str = ""
    hun: str | None = None


class Wijzigformulier(msgspec.Struct, omit_defaults=True):
    """The open form; JSON-able, so that it survives a switch of contact and a kill."""

    klant: Klantverwijzing
    adressen: list[Adresrij] = []
    velden: list[Veldrij] = []
    volgnummer: int = 0

    def row(self, sleutel: str) -> Adresrij:
        return next(rij for rij in self.adressen if rij.sleutel == sleutel)

    def field(self, veld: str) -> Veldrij:
        return next(rij for rij in self.velden if rij.veld == veld)

    def shown(self, soort: SoortDigitaalAdres) -> list[Adresrij]:
        return [rij for rij in self.adressen if rij.soort is soort and not rij.verwijderd]

    def add(self, soort: SoortDigitaalAdres, adres: str = "") -> Adresrij:
        """A new empty row; the first of its kind becomes the preferred one."""
        self.volgnummer += 1
        rij = Adresrij(f"nieuw{self.volgnummer}", soort, adres=adres, standaard=not self.shown(soort))
        self.adressen.append(rij)
        return rij

    def remove(self, sleutel: str) -> None:
        """Take a row out; a new one disappears, a known one will be removed at the register."""
        rij = self.row(sleutel)
        if rij.gezien is None:
            self.adressen.remove(rij)
        else:
            rij.verwijderd = True
        rest = self.shown(rij.soort)
        if rij.standaard and rest and not any(other.standaard for other in rest):
            rest[0].standaard = True

    def restore(self, sleutel: str) -> None:
        """Take back a removal; the row stays preferred only where no other became so meanwhile."""
        rij = self.row(sleutel)
        rij.verwijderd = False
        if rij.standaard and any(other.standaard for other in self.shown(rij.soort) if other is not rij):
            rij.standaard = False

    def prefer(self, sleutel: str) -> None:
        """Make this the preferred address of its kind."""
        chosen = self.row(sleutel)
        for rij in self.adressen:
            if rij.soort is chosen.soort:
                rij.standaard = rij is chosen

    def problems(self) -> list[InvalidInput]:
        """Everything that is wrong, in the order of the form."""
        found: list[InvalidInput] = []
        seen: dict[tuple[SoortDigitaalAdres, str], str] = {}
        for rij in self.adressen:
            if rij.verwijderd or rij.is_empty_new:
                continue
            try:
                adres = rij.becomes()
            except InvalidInput as error:
                found.append(error)
                continue
            key = (adres.soort, adres.adres.lower())
            if key in seen:
                found.append(InvalidInput("Dit staat er al.", field=f"{rij.sleutel}.adres", code="dubbel"))
            seen[key] = rij.sleutel
        return found

    def is_changed(self) -> bool:
        """Whether anything typed differs from what was seen; also when it is not valid yet."""
        return any(_differs(rij) for rij in self.adressen) or any(rij.wordt != rij.gezien for rij in self.velden)

    def lines(self) -> tuple[str, ...]:
        """What was changed, in the order of the form, for who reads it elsewhere."""
        adressen = (_line(rij) for rij in self.adressen if _differs(rij))
        velden = (f"{rij.veld.capitalize()}: {rij.wordt}" for rij in self.velden if rij.wordt != rij.gezien)
        return (*adressen, *velden)

    def wijziging(self) -> KlantWijzigen | None:
        """The command, or None when nothing changed. Raises the first problem."""
        problems = self.problems()
        if problems:
            raise problems[0]
        adressen: list[AdresWijziging] = []
        for rij in self.adressen:
            if rij.is_empty_new:
                continue
            if rij.verwijderd:
                adressen.append(AdresWijziging(gezien=rij.gezien))
            elif _differs(rij):
                wordt = rij.becomes()
                if rij.gezien is None or not invoer.same_address(rij.gezien, wordt):
                    adressen.append(AdresWijziging(gezien=rij.gezien, wordt=wordt))
        # Removals and losing the preference go first: the register knows one preferred address of a kind.
        adressen.sort(key=lambda w: (w.wordt is not None, w.wordt is not None and w.wordt.standaard))
        velden = tuple(VeldWijziging(rij.veld, rij.gezien, rij.wordt) for rij in self.velden if rij.wordt != rij.gezien)
        if not adressen and not velden:
            return None
        return KlantWijzigen(klant=self.klant, adressen=tuple(adressen), velden=velden)

    def live(self, beeld: Klantbeeld) -> bool:
        """Lay a fresh picture under the form: mark what a colleague changed. True when a mark changed.

        A row that the employee did not touch follows the register; a touched one keeps what was typed and is marked.
        """
        before = msgspec.json.encode(self)
        now = {adres.uuid: adres for adres in beeld.digitale_adressen if adres.uuid}
        known = {rij.gezien.uuid for rij in self.adressen if rij.gezien is not None}
        for rij in list(self.adressen):
            if rij.gezien is None or not rij.gezien.uuid:
                continue
            current = now.get(rij.gezien.uuid)
            if current is None:
                if _differs(rij) and not rij.verwijderd:
                    rij.hun_verwijderd = True
                else:
                    self.adressen.remove(rij)
            elif invoer.same_address(current, rij.gezien):
                rij.hun, rij.hun_verwijderd = None, False
            elif _differs(rij):
                rij.hun, rij.hun_verwijderd = current, False
            else:
                self._follow(rij, current)
        for uuid, adres in now.items():
            if uuid not in known:
                self._give_way(adres)
                self.adressen.append(_row(adres))
        for veld in self.velden:
            current_value = _value(beeld, veld.veld)
            if current_value == veld.gezien:
                veld.hun = None
            elif veld.wordt == veld.gezien:
                veld.gezien = veld.wordt = current_value
            else:
                veld.hun = current_value
        return msgspec.json.encode(self) != before

    def _give_way(self, adres: DigitaalAdres) -> None:
        """What was typed where no address stood is preferred by itself only; the one of the register is by choice."""
        for rij in self.adressen:
            if adres.standaard and rij.gezien is None and rij.soort is adres.soort:
                rij.standaard = False

    @staticmethod
    def _follow(rij: Adresrij, current: DigitaalAdres) -> None:
        rij.gezien, rij.hun, rij.hun_verwijderd = current, None, False
        rij.adres, rij.omschrijving, rij.standaard = _shown(current), current.omschrijving, current.standaard

    def take_theirs(self, sleutel: str) -> None:
        """Give up what was typed in this row for the colleague's version."""
        rij = self.row(sleutel)
        if rij.hun_verwijderd:
            self.adressen.remove(rij)
        elif rij.hun is not None:
            self._follow(rij, rij.hun)

    def keep_mine(self, sleutel: str) -> None:
        """Keep what was typed, now knowingly over the colleague's version."""
        rij = self.row(sleutel)
        if rij.hun_verwijderd:
            rij.gezien, rij.hun_verwijderd = None, False
        elif rij.hun is not None:
            rij.gezien, rij.hun = rij.hun, None


def open_form(beeld: Klantbeeld) -> Wijzigformulier:
    """The form over what this picture shows. An address the register has not confirmed yet cannot be changed."""
    return Wijzigformulier(
        klant=Klantverwijzing(beeld.sleutel, beeld.naam),
        adressen=[_row(adres) for adres in beeld.digitale_adressen if adres.uuid],
        velden=[
            Veldrij(veld, _value(beeld, veld), _value(beeld, veld)) for veld in ("voorkeurskanaal", "voorkeurstaal")
        ],
    )


def _row(adres: DigitaalAdres) -> Adresrij:
    return Adresrij(adres.uuid, adres.soort, _shown(adres), adres.omschrijving, adres.standaard, gezien=adres)


def _shown(adres: DigitaalAdres) -> str:
    """As the form shows an address that the register knows: a number in the notation people write."""
    return tekst.phone(adres.adres) if adres.soort is SoortDigitaalAdres.TELEFOONNUMMER else adres.adres


def _differs(rij: Adresrij) -> bool:
    if rij.gezien is None:
        return not rij.is_empty_new
    return rij.verwijderd or (rij.adres, rij.omschrijving, rij.standaard) != (
        _shown(rij.gezien),
        rij.gezien.omschrijving,
        rij.gezien.standaard,
    )


def _line(rij: Adresrij) -> str:
    was = _shown(rij.gezien) if rij.gezien is not None else ""
    if rij.verwijderd:
        return f"{rij.soort.value.capitalize()} vervalt: {was}"
    extra = [rij.omschrijving, "voorkeur" if rij.standaard else "", f"was {was}" if was not in {"", rij.adres} else ""]
    return ", ".join((f"{rij.soort.value.capitalize()}: {rij.adres}", *filter(None, extra)))


def _value(beeld: Klantbeeld, veld: str) -> str:
    return beeld.voorkeurskanaal if veld == "voorkeurskanaal" else beeld.voorkeurstaal
