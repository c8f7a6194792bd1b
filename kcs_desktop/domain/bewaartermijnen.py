"""How long a seat keeps what, in one table. Whoever erases asks here; the settings can shorten some of it.

`docs/what-is-kept-where.md` shows the same table, and a test holds them together.
"""

from __future__ import annotations

from datetime import timedelta

import msgspec


class Bewaartermijnen(msgspec.Struct, frozen=True):
    """The terms. What has none (drafts, unsent commands, looks not told yet) is kept until it is done with."""

    geopend: timedelta = timedelta(days=30)
    geopend_aantal: int = 500
    gepland: timedelta = timedelta(days=1)
    vastgezet: timedelta = timedelta(days=90)
    waarde: timedelta = timedelta(days=30)
    opdracht: timedelta = timedelta(hours=48)
    terzijde_cache: timedelta = timedelta(days=7)
    terzijde_werk: timedelta = timedelta(days=90)
    sessie: timedelta = timedelta(hours=12)


class Bewaard(msgspec.Struct, frozen=True):
    """One kind of thing that is kept: what, in which file, and until when; `termijn` names the term, "" for none."""

    wat: str
    bestand: str
    tot: str
    termijn: str = ""


TABEL = (
    Bewaard(
        "picture of a customer that was opened", "cache", "30 days after it was last opened; 500 at most", "geopend"
    ),
    Bewaard(
        "picture of a customer with an open callback note, also one who stands in the own list and was not opened here",
        "cache",
        "31 days after it was last read so",
        "gepland",
    ),
    Bewaard("picture of a pinned customer", "cache", "90 days after it was last opened", "vastgezet"),
    Bewaard("picture of a zaak that was opened", "cache", "30 days after it was last opened; 500 at most", "geopend"),
    Bewaard("search index over those pictures", "cache", "with its picture"),
    Bewaard(
        "list of customers opened last, pinned or with an open callback note",
        "cache",
        "with the terms of their pictures",
    ),
    Bewaard(
        "named values: catalogue, zaaktypen, worklists of callback notes and of e-formulieren",
        "cache",
        "30 days after they were written",
        "waarde",
    ),
    Bewaard(
        "session and password verifier, to unlock without a connection", "werk", "the session ends, or the next sign-in"
    ),
    Bewaard("draft of a contact", "werk", "finished or cancelled"),
    Bewaard(
        "what is typed about a callback note, with the note as it was",
        "werk",
        "sent or thrown away; 50 notes at most",
    ),
    Bewaard("what is typed in a form of the Klant tab without a contact", "werk", "sent or cancelled"),
    Bewaard("how the tabs stood without a contact", "werk", "they stand otherwise"),
    Bewaard("draft of a zaak", "werk", "the zaak is made, or it is cancelled"),
    Bewaard(
        "document that is being added, and its copy",
        "werk, bijlagen-…",
        "it is in the dossier, or it was taken away",
    ),
    Bewaard("command that was not sent or has no outcome", "werk", "it has its outcome"),
    Bewaard("command that succeeded", "werk", "48 hours after the outcome", "opdracht"),
    Bewaard("command that was refused or cannot be read", "werk", "its author lets go of it"),
    Bewaard("look at a customer or a zaak from the cache", "werk", "the backend has it in its audit trail"),
    Bewaard("cache that was set aside", "cache-….terzijde-…", "7 days", "terzijde_cache"),
    Bewaard(
        "drafts and outbox that were set aside",
        "werk-….terzijde-…",
        "90 days after their owner was told",
        "terzijde_werk",
    ),
    Bewaard("remembered session", "keyring", "12 hours after the sign-in", "sessie"),
)
