"""For what purpose personal data are looked at: it follows from the product or the channel, nobody types it."""

from __future__ import annotations

from urllib.parse import quote

from kcs_desktop.domain.klantcontact import MAX_KANAAL
from kcs_desktop.domain.tekst import clean, shorten

MAX_DOELBINDING = 200
_WITHOUT_CONTACT = "Publieksdienstverlening"
BIJWERKEN = "bijwerken"  # the aanleiding of a seat that renews what it keeps
_BIJWERKEN = "Bijwerken van een vastgezette of terug te bellen klant op de werkplek; niemand keek"


def doelbinding(kanaal: str, product: str, aanleiding: str = "") -> str:
    """The purpose in words: "Klantcontact via telefoon: Paspoort aanvragen".

    Without a product the channel alone says it; without either it is the general task. All may come from a request,
    so control characters go and the length is bounded; an unknown aanleiding says nothing.
    """
    if aanleiding == BIJWERKEN:
        return _BIJWERKEN
    via = shorten(clean(kanaal[: MAX_KANAAL * 4]).lower(), MAX_KANAAL)
    waarover = clean(product[: MAX_DOELBINDING * 4])
    begin = f"Klantcontact via {via}" if via else _WITHOUT_CONTACT
    return shorten(f"{begin}: {waarover}" if waarover else begin, MAX_DOELBINDING)


def header_value(tekst: str) -> str:
    """The purpose as it travels in a header: ASCII, percent-encoded where it is not."""
    return quote(tekst, safe=" :,.()/-'&+")
