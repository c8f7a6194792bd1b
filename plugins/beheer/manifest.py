"""What the Audit tab declares: for the role with the audit right alone. Loads no other code of the tab."""

from __future__ import annotations

from ui.manifest import Command, Manifest, Recht

MANIFEST = Manifest(
    id="audit",
    titel="Audit",
    icoon="audit",
    functies=("audit",),
    volgorde=900,
    tab="plugins.beheer.view:create_tab",
    commands=(
        Command(
            "audit.vraag",
            "Vragen wie naar iemand heeft gekeken",
            "plugins.beheer.commands:ask",
            "Ctrl+Shift+A",
            "audit",
            Recht.RAADPLEGEN,
            groep="Audit",
            icoon="audit",
            verbinding=True,
        ),
        Command(
            "audit.meer",
            "Meer regels van het spoor tonen",
            "plugins.beheer.commands:more",
            "Alt+End",
            "audit",
            Recht.RAADPLEGEN,
            groep="Audit",
            icoon="meer",
            verbinding=True,
        ),
    ),
)
