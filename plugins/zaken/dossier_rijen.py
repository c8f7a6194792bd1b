"""What a document on its way says of itself, in the words of the employee. Pure and without Qt."""

from __future__ import annotations

from kcs_desktop.sdk import Toevoeging, Toevoegstand, missing_in, one_line
from plugins.zaken import tekst
from ui.sdk import Row, Toon

ONDERZOCHT, NIET_ONDERZOCHT = "Onderzocht: geen virus gevonden", "Niet op virussen onderzocht"
_HERE = frozenset({Toevoegstand.GEREED, Toevoegstand.KOPPELT, Toevoegstand.TOEGEVOEGD})  # the scanner has looked
VERTROUWELIJKHEDEN = (
    ("openbaar", "Openbaar"),
    ("beperkt_openbaar", "Beperkt openbaar"),
    ("intern", "Intern"),
    ("zaakvertrouwelijk", "Zaakvertrouwelijk"),
    ("vertrouwelijk", "Vertrouwelijk"),
    ("confidentieel", "Confidentieel"),
    ("geheim", "Geheim"),
    ("zeer_geheim", "Zeer geheim"),
)
_APART: tuple[str, Toon, str] = ("Niet bekend of het is toegevoegd", "let_op", "let_op")
_STANDEN: dict[Toevoegstand, tuple[str, Toon, str]] = {
    Toevoegstand.WACHT: ("Wacht", "let_op", "wacht"),
    Toevoegstand.VERSTUURT: ("Wordt verstuurd", "accent", "uitgaand"),
    Toevoegstand.ONDERZOEK: ("Wordt op virussen onderzocht", "let_op", "wacht"),
    Toevoegstand.GEREED: ("Ontvangen, nog niet toegevoegd", "accent", "document"),
    Toevoegstand.KOPPELT: ("Wordt toegevoegd", "accent", "koppeling"),
    Toevoegstand.TOEGEVOEGD: ("Toegevoegd", "goed", "geslaagd"),
    Toevoegstand.BESMET: ("Virus gevonden", "fout", "fout"),
    Toevoegstand.MISLUKT: ("Niet toegevoegd", "fout", "fout"),
}


def row(al: Toevoeging, soort: str, *, is_nieuwe_zaak: bool = False) -> Row:
    """`soort` is the name of its kind of document."""
    woorden, toon, icoon = _APART if al.is_apart else _STANDEN[al.stand]
    if al.stand is Toevoegstand.GEREED and al.bevestigd:
        woorden = "Wordt toegevoegd"
    elif al.stand is Toevoegstand.GEREED and is_nieuwe_zaak:
        is_whole = missing_in(al) is None
        woorden, toon = ("Klaar: gaat mee met de zaak", toon) if is_whole else ("Vul nog aan", "let_op")
    onderzocht = "" if al.stand not in _HERE else ONDERZOCHT if al.is_onderzocht else NIET_ONDERZOCHT
    delen = (one_line(al.reden, 300), one_line(al.melding, 200), soort, tekst.size(al.omvang), onderzocht)
    return Row(
        key=al.id,
        title=one_line(al.titel, 200) or one_line(al.naam, 200),
        subtitle=" · ".join(deel for deel in delen if deel),
        icon=icoon,
        right=f"{al.procent}%" if al.stand is Toevoegstand.VERSTUURT else "",
        flags=((woorden, toon),),
    )
