"""What went wrong in words that may leave the window: no messages or values, which may hold what a customer said."""

from __future__ import annotations

import platform
import traceback


def redacted(error: BaseException) -> str:
    """Where it went wrong, with everything that led to it."""
    lines = [f"KCS Desktop · Python {platform.python_version()} · {platform.system()}"]
    seen: set[int] = set()
    current: BaseException | None = error
    while current is not None and id(current) not in seen:
        seen.add(id(current))
        lines.append(type(current).__name__)
        lines.extend(f"  {_place(f.filename)}:{f.lineno} {f.name}" for f in traceback.extract_tb(current.__traceback__))
        current = current.__cause__ or current.__context__
    return "\n".join(lines)


def _place(filename: str) -> str:
    """The last three parts of a path: a home folder may be a name."""
    return "/".join(filename.replace("\\", "/").split("/")[-3:])
