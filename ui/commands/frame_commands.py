"""The window's own commands. `doet` names a method of the frame's actions: "frame:method"."""

from __future__ import annotations

from kcs_desktop.domain.rechten import Recht
from ui.manifest import Command

PREFIX = "frame:"

COMMANDS: tuple[Command, ...] = (
    Command("venster.zoeken", "Zoeken of een opdracht geven", "frame:focus_search", "Ctrl+K", icoon="zoeken"),
    Command("venster.ongedaan", "Ongedaan maken", "frame:undo", "Ctrl+Z", groep="Venster", icoon="herstellen"),
    Command("venster.help", "Toetsen van deze plek", "frame:toggle_help", "F1", groep="Venster", icoon="sneltoetsen"),
    Command(
        "contact.nieuw",
        "Nieuw contact",
        "frame:new_contact",
        "Ctrl+N",
        functie="crm",
        recht=Recht.WIJZIGEN,
        groep="Contact",
        icoon="nieuw",
    ),
    Command(
        "contact.volgende",
        "Volgend contact",
        "frame:next_contact",
        "Ctrl+Tab",
        beschikbaar="contact",
        groep="Contact",
        herhaalt=True,
    ),
    Command(
        "contact.vorige",
        "Vorig contact",
        "frame:previous_contact",
        "Ctrl+Shift+Tab",
        beschikbaar="contact",
        groep="Contact",
        herhaalt=True,
    ),
    Command(
        "contact.notitie",
        "Naar de notitie",
        "frame:focus_note",
        "F2",
        functie="crm",
        recht=Recht.WIJZIGEN,
        groep="Contact",
        icoon="notitie",
    ),
    Command(
        "contact.afronden",
        "Contact afronden",
        "frame:finish_contact",
        "Ctrl+Return",
        beschikbaar="contact",
        groep="Contact",
        icoon="afgerond",
    ),
    Command(
        "contact.vraag_erbij",
        "Vraag toevoegen aan dit contact",
        "frame:add_vraag",
        "Ctrl+J",
        beschikbaar="contact",
        groep="Contact",
        icoon="nieuw",
    ),
    Command(
        "contact.annuleren",
        "Contact annuleren",
        "frame:cancel_contact",
        beschikbaar="contact",
        groep="Contact",
        icoon="dicht",
    ),
    Command("uitgaand.tonen", "Uitgaand: wat nog wacht", "frame:show_outbox", "F8", groep="Venster", icoon="uitgaand"),
    Command(
        "venster.losmaken",
        "Tab in eigen venster, of terug",
        "frame:tear_off_current",
        "F7",
        groep="Venster",
        icoon="losmaken",
    ),
    Command(
        "venster.instellingen", "Instellingen", "frame:show_settings", "Ctrl+,", groep="Venster", icoon="instellingen"
    ),
    Command("venster.thema", "Licht of donker", "frame:switch_theme", groep="Venster", icoon="donker"),
    Command("venster.groter", "Tekst groter", "frame:text_larger", "Ctrl++", groep="Venster", herhaalt=True),
    Command("venster.kleiner", "Tekst kleiner", "frame:text_smaller", "Ctrl+-", groep="Venster", herhaalt=True),
    Command("venster.normaal", "Tekst gewone grootte", "frame:text_normal", "Ctrl+0", groep="Venster"),
    Command("sessie.vergrendelen", "Vergrendelen", "frame:lock", "Ctrl+L", groep="Sessie", icoon="slot"),
    Command(
        "sessie.wissel",
        "Wisselen van medewerker",
        "frame:switch_person",
        groep="Sessie",
        icoon="wissel",
        verbinding=True,
    ),
    Command(
        "opslag.wissen",
        "Opgeslagen klanten op deze werkplek wissen",
        "frame:wipe_store",
        groep="Sessie",
        icoon="verwijderen",
    ),
    Command("sessie.afmelden", "Afmelden", "frame:sign_out", groep="Sessie", icoon="afmelden"),
)
