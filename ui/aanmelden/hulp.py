"""What F1 says on each step of signing in: what is asked there, and the keys."""

from __future__ import annotations

import msgspec

from ui.aanmelden.presenter import Stap

HELP_KEY = "F1"


class Hulp(msgspec.Struct, frozen=True):
    """What is asked, and which keys work."""

    uitleg: str
    toetsen: str


_VELDEN = "Tab: volgend veld. Alt met de onderstreepte letter: naar dat veld."

HULP = {
    Stap.WACHTWOORD: Hulp(
        "Vul uw gebruikersnaam en wachtwoord in. Weet u ze niet, vraag dan uw beheerder om hulp.",
        f"Enter: verder. {_VELDEN}",
    ),
    Stap.BROWSER: Hulp("Meld u aan in uw browser. Daarna gaat u hier vanzelf verder.", "Esc: terug."),
    Stap.WERKPLEK: Hulp(
        "Kies waar u vandaag werkt en in welke rollen. Wat u de vorige keer koos, staat al klaar: Enter is dan genoeg."
        " Uw rol bepaalt wat u kunt zien en doen. Mist u een rol, vraag dan uw leidinggevende of beheerder.",
        f"Enter: aan het werk. Spatie: een rol kiezen of weglaten. {_VELDEN} Esc: terug.",
    ),
    Stap.WACHTZIN: Hulp(
        "Deze computer heeft geen sleutelbos die open is. Met een wachtzin wordt uw werk hier versleuteld bewaard. U"
        " typt hem bij elke aanmelding op deze werkplek. Zonder te bewaren kunt u ook werken: wat niet is verzonden, is"
        " dan weg als u afsluit.",
        f"Enter: verder. {_VELDEN} Esc: terug.",
    ),
    Stap.VERGRENDELD: Hulp(
        "Uw werk is bewaard. Vul uw wachtwoord in om verder te gaan. Andere medewerker meldt u af.",
        f"Enter: ontgrendelen. {_VELDEN}",
    ),
}
