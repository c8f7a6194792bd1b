"""Whether an object of the register is what we sent: registers complete, reorder and rewrite, and leave nothing empty
the same way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from kcs_desktop.domain.zaakrechten import most_closed


def is_same(sent: Any, found: Any) -> bool:
    """Everything that was sent stands in what was found; a field that the register does not show says nothing."""
    if _is_empty(sent) and _is_empty(found):
        return True
    if isinstance(sent, Mapping):
        if not isinstance(found, Mapping):
            return isinstance(found, str) and _tail(str(sent.get("uuid") or "")) == _tail(found)
        return all(is_same(value, found[name]) for name, value in sent.items() if name in found)
    if isinstance(sent, (list, tuple)):
        if not isinstance(found, (list, tuple)) or len(sent) != len(found):
            return False
        left = list(found)
        for value in sent:
            match = next((other for other in left if is_same(value, other)), None)
            if match is None:
                return False
            left.remove(match)
        return True
    if isinstance(sent, str) and isinstance(found, str):
        return sent.strip() == found.strip() or _is_same_moment(sent, found) or _is_same_address(sent, found)
    return bool(sent == found)


def is_opened(sent: Mapping[str, Any], made: Mapping[str, Any]) -> bool:
    """Whether it came out for more eyes than it was sent for. What is not said, or not shown, says nothing."""
    wanted, found = (str(al.get("vertrouwelijkheidaanduiding") or "") for al in (sent, made))
    return bool(wanted and found) and found != wanted and most_closed(wanted, found) == wanted


def _is_empty(value: Any) -> bool:
    if isinstance(value, Mapping):
        return all(_is_empty(part) for part in value.values())
    return value is None or value in ("", [])


def _is_same_moment(one: str, other: str) -> bool:
    try:
        return datetime.fromisoformat(one) == datetime.fromisoformat(other)
    except (ValueError, TypeError):
        return False


def _is_same_address(one: str, other: str) -> bool:
    """Of an object: its server may call itself by another name."""
    return "://" in one and "://" in other and bool(_tail(one)) and _tail(one) == _tail(other)


def _tail(address: str) -> str:
    return address.rstrip("/").rpartition("/")[2].lower()
