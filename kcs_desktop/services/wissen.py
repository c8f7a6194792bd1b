"""Erasing what a seat keeps of customers, from the command line: for every employee of the profile, without a key."""

from __future__ import annotations

from pathlib import Path

from kcs_desktop.cache.terzijde import WERK, erase_caches
from kcs_desktop.services.profielslot import Profielslot


def wipe_profile(profile: Path) -> tuple[bool, str]:
    """Whether it was done, and what to say about it. Drafts and outbox stay."""
    if not profile.is_dir():
        return True, f"In {profile} is niets bewaard."
    slot = Profielslot(profile)
    if not slot.take():
        return False, f"KCS Desktop is open op {profile}. Sluit het venster en probeer het opnieuw. Er is niets gewist."
    try:
        aantal = erase_caches(profile)
    except OSError as fout:
        return (
            False,
            f"Niet alles kon worden gewist: {fout.strerror}. Maak de map beschrijfbaar en probeer het opnieuw.",
        )
    finally:
        slot.release()
    werk = len(list(profile.glob(f"{WERK}*.db")))
    rest = (
        f" {werk} bestand{'en' if werk != 1 else ''} met eigen werk van medewerkers blijf{'t' if werk == 1 else 'ven'}"
        " staan: alleen de maker kan dat lezen."
        if werk
        else ""
    )
    return True, f"Gewist: {aantal} bestand{'en' if aantal != 1 else ''} met klantgegevens in {profile}.{rest}"
