"""What the window says about the store: what happened, what is safe, what to do. Dutch, and only from facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from kcs_desktop.cache.cachebestand import Cachebestand
from kcs_desktop.cache.storing import Storing
from kcs_desktop.cache.terzijde import Reden, Terzijde
from kcs_desktop.cache.toevoegingen import unreadable_toevoegingen
from kcs_desktop.cache.werkbestand import Werkbestand
from kcs_desktop.cache.zaakconcepten import unreadable_concepten
from kcs_desktop.services.winkels import Elders

NOTHING_KEPT = "Op deze werkplek wordt niets bewaard als u afsluit. Rond uw contacten af voordat u afsluit."
IN_USE = f"KCS Desktop is op deze werkplek al open in een ander venster. {NOTHING_KEPT}"
_NEWER = "is geschreven door een nieuwere versie van KCS Desktop"
_UNKNOWN = "is door een eerdere versie van KCS Desktop apart gezet"
_WHY = {
    Reden.BESCHADIGD: "is beschadigd of hoort bij een andere sleutel",
    Reden.VREEMD: "is van een ander programma",
    Reden.NIEUWER: _NEWER,
    Reden.SLEUTEL_WEG: "hoort bij een sleutel die niet meer op deze computer is",
    Reden.ONBEKEND: _UNKNOWN,
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


def about_work(werk: Werkbestand, terzijden: Sequence[Terzijde]) -> list[str]:
    """About drafts and outbox: nothing of them is ever given up in silence."""
    bestand = werk.bestand
    zinnen = []
    onleesbaar = {
        "concept": werk.unreadable_contacten(),
        "uitgaand": sum(rij.opdracht is None for rij in werk.outbox()),
    }
    for terzijde in terzijden:
        is_nu = bestand.terzijde is not None and terzijde.naam == bestand.terzijde.naam
        minder = onleesbaar if is_nu else {}
        gered = {tabel: aantal - minder.get(tabel, 0) for tabel, aantal in terzijde.gered.items()}
        zinnen.append(_set_aside(terzijde, gered))
    if aantal := onleesbaar["concept"]:
        zinnen.append(f"Niet leesbaar in uw bewaarde contacten: {aantal}. De gegevens blijven bewaard.")
    if aantal := onleesbaar["uitgaand"]:
        zinnen.append(f"Niet leesbaar in uw uitgaande opdrachten: {aantal}. De gegevens blijven bewaard.")
    if aantal := len(unreadable_concepten(werk)):
        zinnen.append(f"Niet leesbaar in uw zaken in voorbereiding: {aantal}. De gegevens blijven bewaard.")
    if aantal := len(unreadable_toevoegingen(werk)):
        zinnen.append(f"Niet leesbaar in uw documenten die nog worden toegevoegd: {aantal}. Ze blijven bewaard.")
    if aantal := len(werk.unreadable_typed()):
        zinnen.append(
            f"Niet leesbaar in wat u typte zonder contact: {aantal}. Het blijft bewaard tot u daar opnieuw iets typt;"
            " exporteer het eerst bij Uitgaand."
        )
    if bestand.buiten is not None:
        zinnen.append(
            f"{_DISK[bestand.buiten]}. U kunt doorwerken: uw werk staat in het geheugen en wordt vanzelf bewaard zodra"
            f" het kan. {_FREE[bestand.buiten]} en sluit KCS Desktop niet af voordat deze melding weg is."
        )
    return zinnen


def about_elsewhere(elders: Sequence[Elders]) -> list[str]:
    """About work that this employee left here for another address."""
    zinnen = []
    for ander in elders:
        aantallen = {"concept": ander.contacten or 0, "uitgaand": ander.opdrachten or 0}
        waarop = f"de server {ander.adres}" if ander.adres else "een ander serveradres"
        staat = "staat nog werk van u" if any(aantallen.values()) else "kan nog werk van u staan"  # not countable
        wat = f": {_counted(aantallen)}" if any(aantallen.values()) else ""
        zinnen.append(
            f"Op deze werkplek {staat} voor {waarop}{wat}. Het blijft bewaard en gaat pas verder als u"
            " zich op dat adres aanmeldt. Hoort het bij deze server, meld dit dan aan de beheerder."
        )
    return zinnen


def about_cache(cache: Cachebestand, terzijden: Sequence[Terzijde], *, says_why: bool = True) -> list[str]:
    """About the cache, which can be missed: said once, without alarm. `says_why`: nothing else told of the disk."""
    bestand, zinnen = cache.bestand, []
    if terzijden:
        terzijde = terzijden[-1]
        zinnen.append(
            f"De tijdelijke opslag {_WHY[terzijde.reden]} en is opnieuw begonnen; uw eigen werk staat er niet in."
        )
        if aantal := terzijde.gered.get("klantbeeld", 0):
            zinnen.append(f"Teruggehaald: {_customers(aantal)}.")
        if aantal := len(cache.missing()):
            zinnen.append(
                f"Van wie u het laatst opende, vastzette of terugbelt {'wordt' if aantal == 1 else 'worden'}"
                f" {_customers(aantal)} opnieuw opgehaald zodra er verbinding is."
            )
        zinnen.append("Wie u verder mist, kunt u opnieuw zoeken.")
    if bestand.buiten is not None or not cache.has_room:
        reden = f"{_DISK[bestand.buiten]}. " if bestand.buiten is not None and says_why else ""
        zinnen.append(
            f"{reden}Klanten die u nu opent, kunt u later niet zonder verbinding inzien: er is geen plaats om ze te"
            " bewaren. Wie u eerder opende, ziet u nog wel."
        )
        if not bestand.is_whole:
            zinnen.append("Niet alles van wie u eerder opende, kon worden gelezen.")
    return zinnen


def _set_aside(terzijde: Terzijde, aantallen: Mapping[str, int]) -> str:
    gered = _counted(aantallen)
    if terzijde.reden is Reden.ONBEKEND:
        return (
            f"Eerder is een bestand met uw bewaarde werk apart gezet als {terzijde.naam}. Wat eruit is teruggehaald, is"
            " niet vastgelegd: mist u iets, vraag dan de beheerder. Het blijft 90 dagen bewaard."
        )
    if terzijde.reden is Reden.SLEUTEL_WEG:
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


def _counted(aantallen: Mapping[str, int]) -> str:
    delen = [
        een if aantallen[tabel] == 1 else f"{aantallen[tabel]} {meer}"
        for tabel, een, meer in _COUNTED
        if aantallen.get(tabel)
    ]
    return " en ".join(delen)


def _customers(aantal: int) -> str:
    return "1 klant" if aantal == 1 else f"{aantal} klanten"
