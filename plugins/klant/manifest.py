"""What the Klant tab declares: its place in the rail and its commands. Loads no other code of the tab."""

from __future__ import annotations

from ui.manifest import CommandMaker, Manifest, Recht

_reads = CommandMaker("klant", "plugins.klant.commands", "crm", "Klant")
_changes = CommandMaker("klant", "plugins.klant.commands", "crm", "Klant", Recht.WIJZIGEN)

MANIFEST = Manifest(
    id="klant",
    titel="Klant",
    icoon="klant",
    functies=("crm",),
    volgorde=10,
    tab="plugins.klant.view:create_tab",
    commands=(
        _changes("contact_starten", "Contact starten met deze klant", "start_contact", "Ctrl+Shift+N", "contact"),
        _changes("koppelen", "Klant koppelen aan het contact", "attach", "Ctrl+Shift+K", "koppeling"),
        _changes("wijzigen", "Contactgegevens wijzigen", "edit", "Ctrl+E", "wijzigen"),
        _reads("kopieer_telefoon", "Telefoonnummer kopiëren", "copy_phone", "Ctrl+Shift+T", "kopieren"),
        _changes("namens", "Kiezen namens wie dit contact is", "namens", "Ctrl+Shift+M", "namens"),
        _reads("vernieuwen", "Klantbeeld vernieuwen", "refresh", "F5", "opnieuw", verbinding=True),
        _reads("meer", "Meer contacten tonen", "more", "Ctrl+M", "meer", verbinding=True),
        _reads("volgende", "Volgende contactregel lezen", "next_row", "Alt+Down", "lijst", herhaalt=True),
        _reads("vorige", "Vorige contactregel lezen", "previous_row", "Alt+Up", "lijst", herhaalt=True),
        _reads("recent", "Laatst geopende klanten", "recent", "Alt+Home", "geschiedenis"),
        _reads("vastzetten", "Klant vastzetten of losmaken", "pin", "Ctrl+D", "vastzetten"),
        _changes("persoon_registreren", "Onbekende persoon registreren", "register_person", "", "persoon"),
        _changes("bedrijf_registreren", "Onbekend bedrijf registreren", "register_company", "", "bedrijf"),
        _changes("contactpersoon_registreren", "Contactpersoon registreren", "register_contact_person", "", "namens"),
    ),
)
