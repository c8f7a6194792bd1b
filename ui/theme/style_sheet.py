"""The style sheet from the tokens: only for Qt's own controls; widgets of ours paint themselves.

It holds colours and no size that follows the text: setting it makes Qt restyle every widget there is, and another text
size must not cost that. Must not know Qt: it makes text.
"""

from __future__ import annotations

from string import Template

from ui.theme.tokens import Kleuren

_SHEET = Template("""
QToolTip { background: $verhoogd; color: $tekst; border: 1px solid $lijn_bediening; padding: 4px 8px; }
QScrollArea, QStackedWidget { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[kaal="true"], QWidget[kaal="true"] { background: transparent; }
QAbstractScrollArea { background: transparent; border: none; }
QScrollBar:vertical { background: transparent; width: 10px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 10px; margin: 2px; }
QScrollBar::handle { background: $lijn_bediening; border-radius: 3px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $tekst_zacht; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QLineEdit, QPlainTextEdit { background: transparent; border: none; padding: 0; }
QComboBox { background: transparent; border: none; padding: 0; combobox-popup: 0; }
QComboBox::drop-down { border: none; width: 0; }
QComboBox QAbstractItemView, QListView#keuzelijst { background: $verhoogd; color: $tekst;
  border: 1px solid $lijn_bediening;
  outline: 0; padding: 4px; selection-background-color: $accent_zacht; selection-color: $tekst; }
QComboBox QAbstractItemView::item, QListView#keuzelijst::item { padding: 10px 8px; }
QMenu { background: $verhoogd; color: $tekst; border: 1px solid $lijn_bediening; padding: 4px; }
QMenu::item { padding: 6px 16px 6px 12px; border-radius: 6px; }
QMenu::item:selected { background: $accent_zacht; color: $tekst; }
QMenu::item:disabled { color: $tekst_zacht; }
QMenu::separator { height: 1px; background: $lijn; margin: 4px 8px; }
QHeaderView::section { background: $ondergrond; color: $tekst; border: none; padding: 4px 8px; }
QFileDialog QLineEdit, QFileDialog QComboBox { background: $vlak; border: 1px solid $lijn_bediening;
  padding: 4px 8px; }
QFileDialog QAbstractItemView { background: $vlak; color: $tekst;
  selection-background-color: $accent_zacht; selection-color: $tekst; }
QCheckBox, QRadioButton { spacing: 8px; }
QSplitter::handle { background: transparent; }
""")


def style_sheet(kleuren: Kleuren) -> str:
    """The sheet for one theme."""
    return _SHEET.substitute({name: getattr(kleuren, name) for name in Kleuren.__struct_fields__})
