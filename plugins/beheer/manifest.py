"""What the Audit tab declares: for the role with the audit right alone. Loads no other code of the tab."""

from __future__ import annotations

from ui.manifest import CommandMaker, Manifest

_asks = CommandMaker("audit", "plugins.beheer.commands", "audit", "Audit")

MANIFEST = Manifest(
    id="audit",
    titel="Audit",
    icoon="audit",
    functies=("audit",),
    volgorde=900,
    tab="plugins.beheer.view:create_tab",
    commands=(
        _asks("vraag", "Vragen wie naar iemand heeft gekeken", "ask", "Ctrl+Shift+A", "audit", verbinding=True),
        _asks("meer", "Meer regels van het spoor tonen", "more", "Alt+End", "meer", verbinding=True),
    ),
)
