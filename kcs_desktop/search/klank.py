"""A key of how a Dutch name sounds, because English phonetics put Meijer and Meyer apart.

Names that are told apart on the telephone only by spelling get the same key. It is for finding, never for showing.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Applied in this order to a folded word. Capitals are sounds, so that a later rule does not touch them again.
_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        (r"[^a-z]", ""),
        (r"qu", "kw"),
        (r"ssch", "ss"),  # Visscher
        (r"^sch(?=[lmnw])", "s"),  # Schmidt, Schneider
        (r"sch$", "s"),  # Bosch
        (r"schen?$", "se"),  # Bosschen
        (r"uij|uy|ui|uei", "U"),  # Kuiper, Kuyper
        (r"eij|aij|ij|ey|ei|ay|ai|y", "Y"),  # Meijer, Meyer, Meier, Maier
        (r"ouw|auw|ou|au", "W"),  # Bouwman, Bauman
        (r"eeuw|ieuw|euw", "Ew"),
        (r"oe", "u"),  # Boer
        (r"ae", "a"),  # Claes
        (r"ie", "i"),  # Pieters, Piters
        (r"eu", "O"),
        (r"tsj|tch", "C"),
        (r"ph", "f"),  # Stephens
        (r"th", "t"),  # Smith
        (r"ck|cq|q|kh", "k"),  # Dyck
        (r"sch", "sg"),
        (r"ch|gh", "g"),
        (r"c(?=[eiY])", "s"),
        (r"c", "k"),
        (r"x", "ks"),
        (r"tz|ts|z", "s"),
        (r"v|ff", "f"),
        (r"dt", "t"),  # Brandt
        (r"d$|d(?=s$)", "t"),
        (r"(?<!^)h", ""),  # Vermeegh, Rhee
        (r"j(?=[^aeiouYUWEO]|$)", "i"),
        (r"(.)\1+", r"\1"),  # Jansen, Janssen; Haan, Han
        (r"(?<=[^aeiou])en?$", ""),  # Janse, Jansen
    )
)


@lru_cache(maxsize=20_000)
def klank(woord: str) -> str:
    """The key of one folded word; the word itself where no sound is left (a number, another script)."""
    key = woord
    for pattern, sound in _RULES:
        key = pattern.sub(sound, key)
    return key or woord
