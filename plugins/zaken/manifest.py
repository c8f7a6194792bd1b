"""What the Zaken tab declares: its place in the rail and its commands. Loads no other code of the tab."""

from __future__ import annotations

from ui.manifest import CommandMaker, Manifest, Recht

_zaak = CommandMaker("zaken", "plugins.zaken.commands", "zaken", "Zaken")
_forms = CommandMaker("zaken", "plugins.zaken.eformulieren_commands", "zaken", "Zaken")
_making = CommandMaker("zaken", "plugins.zaken.aanmaken_commands", "zaken", "Zaken", Recht.WIJZIGEN)
_notes = CommandMaker("zaken", "plugins.zaken.terugbellen_commands", "terugbelnotities", "Terugbelnotities")
_note = CommandMaker(
    "zaken", "plugins.zaken.terugbellen_commands", "terugbelnotities", "Terugbelnotities", Recht.WIJZIGEN
)

MANIFEST = Manifest(
    id="zaken",
    titel="Zaken",
    icoon="zaken",
    functies=("zaken", "terugbelnotities"),
    volgorde=20,
    tab="plugins.zaken.view:create_tab",
    commands=(
        _zaak("zoeken", "Zaak zoeken", "search", "Ctrl+Shift+F", "zoeken", verbinding=True),
        _zaak("van_klant", "Zaken van de klant tonen", "of_customer", "Ctrl+Shift+L", "klant"),
        _zaak("koppelen", "Zaak koppelen aan het contact", "attach", "Ctrl+Shift+J", "koppeling"),
        _zaak("kopieer_nummer", "Zaaknummer kopiëren", "copy_number", "Ctrl+Shift+C", "kopieren"),
        _zaak("zaaksysteem", "Zaak openen in het zaaksysteem", "open_elsewhere", "Ctrl+Shift+O", "losmaken"),
        _zaak("document_toevoegen", "Document toevoegen aan de zaak", "add_document", "Ctrl+Shift+D", "document"),
        _zaak("document_plakken", "Document plakken in de zaak", "paste_document", "Ctrl+Shift+V", "kopieren"),
        _zaak("vernieuwen", "Zaak vernieuwen", "refresh", "Ctrl+R", "opnieuw", verbinding=True),
        _zaak("volgende_pagina", "Volgende pagina van Zaken", "next_page", "Ctrl+PgDown", "lijst", herhaalt=True),
        _zaak("vorige_pagina", "Vorige pagina van Zaken", "previous_page", "Ctrl+PgUp", "lijst", herhaalt=True),
        _forms("eformulieren", "E-formulieren tonen", "show", "Ctrl+Shift+E", "document"),
        _making("aanmaken", "Zaak aanmaken", "begin", "Ctrl+Shift+S", "nieuw"),
        _making("aanmaken_verder", "Verder met de zaak die u begon", "show", "", "nieuw"),
        _notes("terugbellen", "Terugbelnotities tonen", "lists", "Ctrl+Shift+B", "terugbellen"),
        _note("terugbellen_oppakken", "Terugbelnotitie oppakken of overnemen", "oppakken", "Alt+1", "oppakken"),
        _note("terugbellen_poging", "Belpoging vastleggen", "poging", "Alt+2", "telefoon"),
        _note("terugbellen_afhandelen", "Terugbelnotitie afhandelen", "afhandelen", "Alt+3", "goed"),
        _note("terugbellen_verzetten", "Terugbelnotitie verzetten", "verzetten", "Alt+4", "tijd"),
        _note("terugbellen_doorzetten", "Terugbelnotitie doorzetten", "doorzetten", "Alt+5", "wissel"),
        _note("terugbellen_teruggeven", "Terugbelnotitie teruggeven", "teruggeven", "Alt+6", "terug"),
    ),
)
