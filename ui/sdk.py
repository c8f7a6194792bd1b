"""The face of the window for plugins: theme, widgets, commands and the protocols of a tab.

A plugin imports this and `kcs_desktop.sdk`, and nothing else of ours; its manifest imports `ui.manifest` alone.
"""

from __future__ import annotations

from ui.commands.registry import NO_CONNECTION
from ui.context import Frame, Tab, TabContext
from ui.frame.browser import open_in_browser
from ui.frame.rollen import rolnaam
from ui.gezelschap import Gezelschap
from ui.manifest import Command, Manifest
from ui.tasks import TaskScope
from ui.theme.glyphs import UnknownIcon
from ui.theme.icons import icon, paint_icon
from ui.theme.theme import Dichtheid, Look, Theme, current_theme, install_theme
from ui.widgets.avatar import Avatar, initials
from ui.widgets.banner import Banner
from ui.widgets.button import Button
from ui.widgets.card import Card, Hairline
from ui.widgets.check import Check
from ui.widgets.choice import Choice, unsettled
from ui.widgets.field import Field, TextField
from ui.widgets.field_box import FieldBox, FieldFrame
from ui.widgets.file_dialog import ask_files, ask_save
from ui.widgets.flag import Flag, Toon, paint_words, tone_colors
from ui.widgets.flow import FlowLayout
from ui.widgets.focus import holds_focus
from ui.widgets.key_place import give_key, give_lead
from ui.widgets.label import ElidedLabel, Label, set_tip
from ui.widgets.list_state import VERDER, Lijstbeeld, Lijststand, of_source
from ui.widgets.long_label import LongLabel
from ui.widgets.long_list import LongList
from ui.widgets.own_keys import own_keys
from ui.widgets.paint import blend, halo, key_hint, shown_keys, surface
from ui.widgets.row import Row
from ui.widgets.row_delegate import RowDelegate
from ui.widgets.rows import KEY, ROW, RowModel
from ui.widgets.scroll import FormColumn, ScrollColumn
from ui.widgets.state_list import StateList
from ui.widgets.term import Term
from ui.widgets.zaak_row import zaak_row

__all__ = [
    "KEY",
    "NO_CONNECTION",
    "ROW",
    "VERDER",
    "Avatar",
    "Banner",
    "Button",
    "Card",
    "Check",
    "Choice",
    "Command",
    "Dichtheid",
    "ElidedLabel",
    "Field",
    "FieldBox",
    "FieldFrame",
    "Flag",
    "FlowLayout",
    "FormColumn",
    "Frame",
    "Gezelschap",
    "Hairline",
    "Label",
    "Lijstbeeld",
    "Lijststand",
    "LongLabel",
    "LongList",
    "Look",
    "Manifest",
    "Row",
    "RowDelegate",
    "RowModel",
    "ScrollColumn",
    "StateList",
    "Tab",
    "TabContext",
    "TaskScope",
    "Term",
    "TextField",
    "Theme",
    "Toon",
    "UnknownIcon",
    "ask_files",
    "ask_save",
    "blend",
    "current_theme",
    "give_key",
    "give_lead",
    "halo",
    "holds_focus",
    "icon",
    "initials",
    "install_theme",
    "key_hint",
    "of_source",
    "open_in_browser",
    "own_keys",
    "paint_icon",
    "paint_words",
    "rolnaam",
    "set_tip",
    "shown_keys",
    "surface",
    "tone_colors",
    "unsettled",
    "zaak_row",
]
