"""Reading one row of a store: what another version wrote, or damage left behind, is nothing. The row stays."""

from __future__ import annotations

from typing import Any, TypeVar

import msgspec

T = TypeVar("T")


def read_row(decoder: msgspec.json.Decoder[T], inhoud: Any) -> T | None:
    """None for what does not parse: of another shape, of another kind than text, or nested beyond all sense."""
    try:
        return decoder.decode(inhoud)
    except (msgspec.DecodeError, UnicodeDecodeError, TypeError, RecursionError):
        return None
