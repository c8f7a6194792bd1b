"""What nobody caught: in a slot of Qt, a thread, a callback of the loop, or while something was being freed.

Python writes its message to stderr, which a desktop keeps in its journal; that message may hold what a customer said.
Here it is written without, and shown to the employee as a task that failed is. Knows no Qt: it stands before Qt does.
"""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from time import monotonic
from types import TracebackType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import asyncio
    import logging

AGAIN = 60.0  # seconds until the same is shown once more: what breaks while painting breaks many times a second


class Unhandled:
    """One per run; `install` before anything can break, `shown_by` once there is a window to show it."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._tell: Callable[[BaseException], object] | None = None
        self._told: dict[str, float] = {}

    def install(self) -> None:
        """Take the place of Python's own hooks, for good."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread
        sys.unraisablehook = self._on_unraisable

    @contextmanager
    def shown_by(self, show: Callable[[BaseException], None], loop: asyncio.AbstractEventLoop) -> Iterator[None]:
        """Until the block ends `show` gets each error, on the loop. What breaks in the loop itself comes here too."""

        def show_safely(error: BaseException) -> None:
            try:
                show(error)
            except Exception as failed:  # noqa: BLE001 -- told again it would come here again
                _write(failed, "while showing what broke")

        loop.set_exception_handler(self._on_loop)
        self._tell = lambda error: loop.call_soon_threadsafe(show_safely, error)
        try:
            yield
        finally:
            self._tell = None

    def take(self, error: BaseException, where: str) -> None:
        """Write it, and show it unless the same was shown a moment ago."""
        text = _write(error, where)
        now = self._clock()
        if self._tell is not None and now >= self._told.get(text, now):
            self._told[text] = now + AGAIN
            self._tell(error)

    def _on_exception(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
        else:
            self.take(error, "in a slot or at the start")

    def _on_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value is not None and not isinstance(args.exc_value, SystemExit):
            self.take(args.exc_value, "in a thread")

    def _on_unraisable(self, args: sys.UnraisableHookArgs) -> None:
        if args.exc_value is not None:
            self.take(args.exc_value, "where nothing can be raised")

    def _on_loop(self, _loop: asyncio.AbstractEventLoop, context: Mapping[str, Any]) -> None:
        error = context.get("exception")
        if error is not None:
            self.take(error, "in the loop")
        else:
            _log().error("%s", context.get("message"))  # a sentence of asyncio's; the rest of it shows values


def _write(error: BaseException, where: str) -> str:
    """To the log, which is stderr where nobody set one up. What was written of the error."""
    from ui.redacted import redacted

    text = redacted(error)
    _log().error("not caught, %s: %s", where, text)
    return text


def _log() -> logging.Logger:
    import logging

    return logging.getLogger("ui.unhandled")
