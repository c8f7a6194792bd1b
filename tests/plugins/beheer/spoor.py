"""Lines of the trail for tests and pictures."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from kcs_desktop.sdk import Auditantwoord, Auditregel

NU = datetime(2026, 11, 24, 9, 42, tzinfo=UTC)


def regels(aantal: int, *, geweigerd: int = -1, begin: int = 0) -> tuple[Auditregel, ...]:
    return tuple(
        Auditregel(
            op=NU - timedelta(minutes=place),
            medewerker="Sanne Bakker",
            gebruikersnaam="snelbalie",
            handeling="geraadpleegd" if place % 3 else "gewijzigd",
            rollen=("snelbalie",),
            werkplek="Balie 1",
            soort_account="medewerker",
            bron="brp" if place % 2 else "klantinteracties",
            doelbinding="Klantcontact via balie: Rijbewijs",
            onderwerp_soort="bsn",
            onderwerp="999990019",
            gelukt=place != geweigerd,
            reden="geen-recht" if place == geweigerd else "",
            verzegeld=True,
        )
        for place in range(begin, begin + aantal)
    )


def antwoord(lines: tuple[Auditregel, ...], aantal: int = 0, pagina: int = 1) -> Auditantwoord:
    totaal = aantal or len(lines)
    return Auditantwoord(totaal, pagina, max(1, -(-totaal // 100)), lines)
