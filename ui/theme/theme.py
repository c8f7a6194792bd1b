"""The theme of the running application: what every widget asks for colours, fonts and sizes.

It belongs to the QApplication, as its palette and style sheet do; `current_theme` finds it there. Must not know any
widget of ours.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from typing import Literal

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetrics, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from ui.theme.style_sheet import style_sheet
from ui.theme.tokens import Kleuren, Tokens, load_tokens

Lettermaat = Literal["klein", "bij", "gewoon", "titel"]
STYLE_SET = "stijl"  # property of an application that has Qt's Fusion style already
THEMES = ("licht", "donker", "contrast")


class Dichtheid(StrEnum):
    RUIM = "ruim"
    COMPACT = "compact"


class Look(msgspec.Struct, frozen=True):
    """What an employee chooses. `thema` is systeem, licht, donker or contrast; `tekst` is a percentage, 100 to 200."""

    thema: str = "systeem"
    tekst: int = 100
    dichtheid: Dichtheid = Dichtheid.RUIM
    minder_beweging: bool = False


class Theme(QObject):
    """Colours, fonts and sizes.

    `changed` is emitted after every switch, when palette and style sheet stand; `settled` after it, when every widget
    has its new sizes: for who takes its size from others.
    """

    changed = Signal()
    settled = Signal()
    mnemonics_changed = Signal()

    def __init__(self, app: QApplication, tokens: Tokens, look: Look) -> None:
        super().__init__(app)
        self._app = app
        self.tokens = tokens
        self.look = look
        self.name = "licht"
        self.scale = 1.0  # of the text: 1.0 to 2.0
        self.shows_mnemonics = False
        self._colours: dict[str, QColor] = {}
        self._fonts: dict[tuple[str, bool], QFont] = {}
        self._metrics: dict[tuple[str, bool], QFontMetrics] = {}
        self._baselines: dict[tuple[str, bool], float] = {}
        self._sheet = ""
        app.styleHints().colorSchemeChanged.connect(self._on_system_changed)
        self.apply(look)

    def apply(self, look: Look, tokens: Tokens | None = None) -> None:
        """Switch live to another look, and to other tokens where given."""
        self.look = look
        self.scale = min(max(look.tekst, 100), 200) / 100
        self.tokens = tokens or self.tokens
        self.name = look.thema if look.thema in THEMES else self._system_theme()
        kleuren = self.kleuren
        self._colours = {field: QColor(getattr(kleuren, field)) for field in Kleuren.__struct_fields__}
        self._fonts, self._metrics, self._baselines = {}, {}, {}
        if self._app.property(STYLE_SET) is None:
            self._app.setStyle("Fusion")
            self._app.setProperty(STYLE_SET, "fusion")
        self._app.setFont(self.font("gewoon"))
        self._app.setPalette(self._palette())
        sheet = style_sheet(kleuren)
        if sheet != self._sheet:  # Qt restyles every widget, also for the sheet it has
            self._sheet = sheet
            self._app.setStyleSheet(sheet)
        self.changed.emit()
        for widget in self._app.allWidgets():  # who paints in the size of the text has another size now
            if isValid(widget):  # one that is being deleted may still be listed
                widget.updateGeometry()
        self.settled.emit()

    @property
    def kleuren(self) -> Kleuren:
        return self.tokens.kleur[self.name]

    @property
    def is_compact(self) -> bool:
        return self.look.dichtheid is Dichtheid.COMPACT

    @property
    def has_motion(self) -> bool:
        return not self.look.minder_beweging

    @property
    def control_height(self) -> int:
        base = self.tokens.maat.regel - (6 if self.is_compact else 0)
        return round(base + (self.scale - 1) * self.tokens.letter.gewoon[1])

    def show_mnemonics(self, shown: bool) -> None:
        """Underline the letters that work with Alt, or not; the window calls this while Alt is held."""
        if shown != self.shows_mnemonics:
            self.shows_mnemonics = shown
            self.mnemonics_changed.emit()

    def color(self, token: str) -> QColor:
        """The colour of one token of the shown theme. Raises KeyError for an unknown one."""
        return self._colours[token]

    def font(self, size: Lettermaat = "gewoon", *, bold: bool = False) -> QFont:
        """The font of one step of the type scale, at the chosen text size."""
        known = self._fonts.get((size, bold))
        if known is None:
            known = QFont(list(_families(self.tokens.letter.familie)))
            known.setPixelSize(self.em(size))
            known.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
            known.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
            known.setStyleStrategy(QFont.StyleStrategy.PreferAntialias)
            self._fonts[(size, bold)] = known
        return QFont(known)

    def metrics(self, size: Lettermaat = "gewoon", *, bold: bool = False) -> QFontMetrics:
        """The measures of `font`: made once, for who measures with every paint."""
        known = self._metrics.get((size, bold))
        if known is None:
            known = self._metrics[(size, bold)] = QFontMetrics(self.font(size, bold=bold))
        return known

    def line(self, size: Lettermaat = "gewoon") -> int:
        """The line height of one step of the type scale, in pixels."""
        height: int = getattr(self.tokens.letter, size)[1]
        return round(height * self.scale)

    def space(self, steps: float = 1) -> int:
        """Spacing: `steps` times four pixels. Does not grow with the text."""
        return round(self.tokens.maat.ruimte * steps)

    def em(self, size: Lettermaat = "gewoon") -> int:
        """The pixels of the letter itself, as wide as its widest letters."""
        pixels: int = getattr(self.tokens.letter, size)[0]
        return round(pixels * self.scale)

    def baseline(self, size: Lettermaat = "gewoon", *, bold: bool = False) -> float:
        """Where in its line, from the top, a text stands that is in the middle of it."""
        known = self._baselines.get((size, bold))
        if known is None:
            metrics = QFontMetricsF(self.font(size, bold=bold))
            known = (self.line(size) - metrics.height()) / 2 + metrics.ascent()
            self._baselines[(size, bold)] = known
        return known

    def px(self, pixels: float) -> int:
        """A length that grows with the text: an icon, a column."""
        return round(pixels * self.scale)

    def radius(self, kind: Literal["vlag", "bediening", "kaart"] = "bediening") -> int:
        return self.tokens.maat.hoek[("vlag", "bediening", "kaart").index(kind)]

    def _system_theme(self) -> str:
        hints = self._app.styleHints()
        if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
            return "contrast"
        return "donker" if hints.colorScheme() == Qt.ColorScheme.Dark else "licht"

    def _on_system_changed(self) -> None:
        if self.look.thema == "systeem":
            self.apply(self.look)

    def _palette(self) -> QPalette:
        colours = self._colours
        roles = {
            QPalette.ColorRole.Window: "ondergrond",
            QPalette.ColorRole.WindowText: "tekst",
            QPalette.ColorRole.Base: "vlak",
            QPalette.ColorRole.AlternateBase: "ondergrond",
            QPalette.ColorRole.Text: "tekst",
            QPalette.ColorRole.Button: "vlak",
            QPalette.ColorRole.ButtonText: "tekst",
            QPalette.ColorRole.BrightText: "fout",
            QPalette.ColorRole.ToolTipBase: "verhoogd",
            QPalette.ColorRole.ToolTipText: "tekst",
            QPalette.ColorRole.PlaceholderText: "tekst_zacht",
            QPalette.ColorRole.Highlight: "accent",
            QPalette.ColorRole.HighlightedText: "op_accent",
            QPalette.ColorRole.Link: "accent",
            QPalette.ColorRole.LinkVisited: "accent",
            QPalette.ColorRole.Light: "vlak",
            QPalette.ColorRole.Midlight: "lijn",
            QPalette.ColorRole.Mid: "lijn",
            QPalette.ColorRole.Dark: "lijn_bediening",
            QPalette.ColorRole.Shadow: "schaduw",
            QPalette.ColorRole.Accent: "accent",
        }
        palette = QPalette()
        for role, token in roles.items():
            palette.setColor(role, colours[token])
        for role in (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, colours["tekst_zacht"])
        return palette


_of_app: list[tuple[QApplication, Theme]] = []  # at most one: asking Qt for it takes longer than measuring a word


@cache
def _families(wanted: tuple[str, ...]) -> tuple[str, ...]:
    """Those of the wanted families that are installed; asking for absent ones costs Qt an alias search."""
    installed = set(QFontDatabase.families())
    return tuple(name for name in wanted if name in installed) or wanted[-1:]


def install_theme(app: QApplication, tokens: Tokens | None = None, look: Look | None = None) -> Theme:
    """Make the theme of `app`, or switch the one it has."""
    known = app.property("thema")
    if isinstance(known, Theme):
        known.apply(look or known.look, tokens)
        return known
    theme = Theme(app, tokens or load_tokens(), look or Look())
    app.setProperty("thema", theme)
    return theme


def current_theme() -> Theme:
    """The theme of the running application; the shipped one when none was installed."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        raise RuntimeError("no QApplication yet: a theme needs one")
    if _of_app and _of_app[0][0] is app:
        return _of_app[0][1]
    known = app.property("thema")
    theme = known if isinstance(known, Theme) else install_theme(app)
    _of_app[:] = [(app, theme)]
    return theme
