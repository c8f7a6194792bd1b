"""What the Zaken tab declares: its place in the rail and its commands. Loads no other code of the tab."""

from __future__ import annotations

from ui.manifest import Command, Manifest, Recht


def _command(
    name: str,
    titel: str,
    doet: str,
    sneltoets: str,
    icoon: str,
    *,
    verbinding: bool = False,
    herhaalt: bool = False,
) -> Command:
    return Command(
        f"zaken.{name}",
        titel,
        f"plugins.zaken.commands:{doet}",
        sneltoets,
        "zaken",
        Recht.RAADPLEGEN,
        groep="Zaken",
        icoon=icoon,
        verbinding=verbinding,
        herhaalt=herhaalt,
    )


def _making(name: str, titel: str, doet: str, sneltoets: str) -> Command:
    """About a zaak that is being made."""
    return Command(
        f"zaken.{name}",
        titel,
        f"plugins.zaken.aanmaken_commands:{doet}",
        sneltoets,
        "zaken",
        Recht.WIJZIGEN,
        groep="Zaken",
        icoon="nieuw",
    )


def _note(name: str, titel: str, sneltoets: str, icoon: str, recht: Recht = Recht.WIJZIGEN) -> Command:
    """About the callback note in sight."""
    return Command(
        f"zaken.terugbellen{name and f'_{name}'}",
        titel,
        f"plugins.zaken.terugbellen_commands:{name or 'lists'}",
        sneltoets,
        "terugbelnotities",
        recht,
        groep="Terugbelnotities",
        icoon=icoon,
    )


MANIFEST = Manifest(
    id="zaken",
    titel="Zaken",
    icoon="zaken",
    functies=("zaken", "terugbelnotities"),
    volgorde=20,
    tab="plugins.zaken.view:create_tab",
    commands=(
        _command("zoeken", "Zaak zoeken", "search", "Ctrl+Shift+F", "zoeken", verbinding=True),
        _command("van_klant", "Zaken van de klant tonen", "of_customer", "Ctrl+Shift+L", "klant"),
        _command("koppelen", "Zaak koppelen aan het contact", "attach", "Ctrl+Shift+J", "koppeling"),
        _command("kopieer_nummer", "Zaaknummer kopiëren", "copy_number", "Ctrl+Shift+C", "kopieren"),
        _command("zaaksysteem", "Zaak openen in het zaaksysteem", "open_elsewhere", "Ctrl+Shift+O", "losmaken"),
        _command("document_toevoegen", "Document toevoegen aan de zaak", "add_document", "Ctrl+Shift+D", "document"),
        _command("document_plakken", "Document plakken in de zaak", "paste_document", "Ctrl+Shift+V", "kopieren"),
        _command("vernieuwen", "Zaak vernieuwen", "refresh", "Ctrl+R", "opnieuw", verbinding=True),
        _command("volgende_pagina", "Volgende pagina van Zaken", "next_page", "Ctrl+PgDown", "lijst", herhaalt=True),
        _command("vorige_pagina", "Vorige pagina van Zaken", "previous_page", "Ctrl+PgUp", "lijst", herhaalt=True),
        Command(
            "zaken.eformulieren",
            "E-formulieren tonen",
            "plugins.zaken.eformulieren_commands:show",
            "Ctrl+Shift+E",
            "zaken",
            Recht.RAADPLEGEN,
            groep="Zaken",
            icoon="document",
        ),
        _making("aanmaken", "Zaak aanmaken", "begin", "Ctrl+Shift+S"),
        _making("aanmaken_verder", "Verder met de zaak die u begon", "show", ""),
        _note("", "Terugbelnotities tonen", "Ctrl+Shift+B", "terugbellen", Recht.RAADPLEGEN),
        _note("oppakken", "Terugbelnotitie oppakken of overnemen", "Alt+1", "oppakken"),
        _note("poging", "Belpoging vastleggen", "Alt+2", "telefoon"),
        _note("afhandelen", "Terugbelnotitie afhandelen", "Alt+3", "goed"),
        _note("verzetten", "Terugbelnotitie verzetten", "Alt+4", "tijd"),
        _note("doorzetten", "Terugbelnotitie doorzetten", "Alt+5", "wissel"),
        _note("teruggeven", "Terugbelnotitie teruggeven", "Alt+6", "terug"),
    ),
)
