"""What the window says about the store: what happened, what is safe, what to do. Dutch, and only from facts."""

from __future__ import annotations

from collections.abc import Mapping

from kcs_desktop.cache.bestand import Bestand, Reden, Terzijde
from kcs_desktop.cache.cachebestand import Cachebestand
from kcs_desktop.cache.storing import Storing
from kcs_desktop.cache.werkbestand import Werkbestand

NOTHING_KEPT = "Op deze werkplek wordt niets bewaard als u afsluit. Rond uw contacten af voordat u afsluit."
IN_USE = f"KCS Desktop is op deze werkplek al open in een ander venster. {NOTHING_KEPT}"
_NEWER = "is geschreven door een nieuwere versie van KCS Desktop"
_WHY = {
    Reden.BESCHADIGD: "is beschadigd of hoort bij een andere sleutel",
    Reden.VREEMD: "is van een ander programma",
    Reden.NIEUWER: _NEWER,
}
_DISK = {
    Storing.VOL: "De schijf is vol",
    Storing.ALLEEN_LEZEN: "De map van KCS Desktop is alleen-lezen",
    Storing.SCHIJF: "De schijf van deze computer geeft fouten",
}
_FREE = {
    Storing.VOL: "Maak ruimte vrij op de schijf",
    Storing.ALLEEN_LEZEN: "Vraag de beheerder de map beschrijfbaar te maken",
    Storing.SCHIJF: "Meld dit aan de beheerder",
}
_COUNTED = (("concept", "1 open contact", "open contacten"), ("uitgaand", "1 opdracht", "opdrachten"))


def about_work(werk: Werkbestand, *, lost_key: bool) -> list[str]:
    """About drafts and outbox: nothing of them is ever given up in silence."""
    bestand = werk.bestand
    zinnen = []
    onleesbaar = {
        "concept": werk.unreadable_contacten(),
        "uitgaand": sum(rij.opdracht is None for rij in werk.outbox()),
    }
    if bestand.terzijde is not None:
        gered = {tabel: aantal - onleesbaar.get(tabel, 0) for tabel, aantal in bestand.terzijde.gered.items()}
        zinnen.append(_set_aside(bestand.terzijde, gered, lost_key=lost_key))
    if aantal := onleesbaar["concept"]:
        zinnen.append(f"Niet leesbaar in uw bewaarde contacten: {aantal}. De gegevens blijven bewaard.")
    if aantal := onleesbaar["uitgaand"]:
        zinnen.append(f"Niet leesbaar in uw uitgaande opdrachten: {aantal}. De gegevens blijven bewaard.")
    if bestand.buiten is not None:
        zinnen.append(
            f"{_DISK[bestand.buiten]}. U kunt doorwerken: uw werk staat in het geheugen en wordt vanzelf bewaard zodra"
            f" het kan. {_FREE[bestand.buiten]} en sluit KCS Desktop niet af voordat deze melding weg is."
        )
    return zinnen


def about_cache(cache: Cachebestand) -> list[str]:
    """About the cache, which can be missed: said once, without alarm."""
    bestand: Bestand = cache.bestand
    if bestand.terzijde is not None:
        return [
            f"De tijdelijke opslag {_WHY[bestand.terzijde.reden]} en is opnieuw begonnen."
            " Wat erin stond wordt opnieuw opgehaald; uw eigen werk staat er niet in."
        ]
    if bestand.buiten is not None or not cache.has_room:
        return [
            "Klanten die u nu opent, kunt u later niet zonder verbinding inzien: er is geen plaats om ze te bewaren."
        ]
    return []


def _set_aside(terzijde: Terzijde, aantallen: Mapping[str, int], *, lost_key: bool) -> str:
    gered = _rescued(aantallen)
    if lost_key:
        wat = "De sleutel van uw bewaarde werk is niet meer op deze computer, dus het kan niet worden gelezen."
    else:
        wat = f"Het bestand met uw bewaarde werk {_WHY[terzijde.reden]}."
    rest = (
        f"Teruggehaald: {gered}. Mist u iets, vraag dan de beheerder."
        if gered
        else "Contacten die niet waren afgerond en opdrachten die niet waren verzonden, ontbreken nu:"
        " kijk na of u iets opnieuw moet vastleggen."
    )
    return f"{wat} {rest} Het oude bestand is apart gezet als {terzijde.naam} en blijft 90 dagen bewaard."


def _rescued(gered: Mapping[str, int]) -> str:
    delen = [
        een if gered[tabel] == 1 else f"{gered[tabel]} {meer}" for tabel, een, meer in _COUNTED if gered.get(tabel)
    ]
    return " en ".join(delen)
