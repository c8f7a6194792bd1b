"""The knip: six small boxes, one per step, coloured by who does it, with a line in words."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from kcs_desktop.sdk import Knipstap, Product
from ui.theme.theme import current_theme
from ui.widgets.label import Label, set_tip
from ui.widgets.paint import surface

_HET = ("kadaster", "team ", "loket", "bureau", "bedrijf")  # how those begin that are not *de*


def knip_line(stappen: Sequence[Knipstap]) -> str:
    """ "Stap 4 en 5 doet de 2e lijn": the steps that are not the 1e lijn's, per who does them."""
    per_wie: dict[str, list[int]] = {}
    for stap in stappen:
        if stap.lijn != "1":
            wie = _with_article(stap.uitvoerder or ("2e lijn" if stap.lijn == "2" else ""))
            per_wie.setdefault(wie, []).append(stap.nummer)
    zinnen = []
    for wie, nummers in per_wie.items():
        reeks = _enumerate(nummers)
        zinnen.append(f"Stap {reeks} doet {wie}." if wie else f"Stap {reeks} is nog niet belegd.")
    return " ".join(zinnen) or "Alle stappen doet de 1e lijn."


def _with_article(wie: str) -> str:
    """ "de buitendienst", "het Kadaster"; a name goes without: "COVOG"."""
    if wie.casefold().startswith(_HET):
        return f"het {wie}"
    return wie if not wie or wie[0].isupper() else f"de {wie}"


def _enumerate(nummers: Sequence[int]) -> str:
    if len(nummers) == 1:
        return str(nummers[0])
    return ", ".join(map(str, nummers[:-1])) + f" en {nummers[-1]}"


class _Boxes(QWidget):
    """The boxes themselves; the text below says the same in words, so that colour is not the only sign."""

    def __init__(self) -> None:
        super().__init__()
        self._stappen: tuple[Knipstap, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def show_stappen(self, stappen: Sequence[Knipstap]) -> None:
        self._stappen = tuple(stappen)
        set_tip(self, "\n".join(f"{s.nummer}. {s.naam}: {_doer(s)}" for s in stappen))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(200, current_theme().line("bij") + 2)

    def minimumSizeHint(self) -> QSize:
        return QSize(100, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._stappen:
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setFont(theme.font("klein"))
        gap = theme.space(1)
        width = (self.width() - gap * (len(self._stappen) - 1)) / len(self._stappen)
        for place, stap in enumerate(self._stappen):
            rect = QRectF(round(place * (width + gap)), 0, round(width), self.height())
            ground, text, line = {"1": ("accent_zacht", "accent", None), "2": ("let_op_zacht", "let_op", None)}.get(
                stap.lijn, ("vlak", "tekst_zacht", "lijn_bediening")
            )
            surface(painter, rect, 4, theme.color(ground), theme.color(line) if line else None)
            painter.setPen(theme.color(text))
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignCenter), str(stap.nummer))
        painter.end()


def _doer(stap: Knipstap) -> str:
    return stap.uitvoerder or {"1": "1e lijn", "2": "2e lijn"}.get(stap.lijn, "nog niet belegd")


class KnipStrip(QWidget):
    """Hidden while the product has no knip."""

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(current_theme().space(1.5))
        self._title = Label("", "bij", "tekst_zacht", wrap=True)
        self._boxes = _Boxes()
        self._line = Label("", "klein", "tekst_zacht", wrap=True)
        for widget in (self._title, self._boxes, self._line):
            column.addWidget(widget)
        self.hide()

    def show_product(self, product: Product | None) -> None:
        stappen = product.knip if product else ()
        self.setVisible(bool(stappen))
        if product is None or not stappen:
            return
        self._title.setText(f"Wie doet wat: {product.knipproces}")
        self._boxes.show_stappen(stappen)
        self._line.setText(knip_line(stappen))
        self.setAccessibleName(f"Wie doet wat: {product.knipproces}. {knip_line(stappen)}")
