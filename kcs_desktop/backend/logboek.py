"""Logs: one JSON line per happening, with ids and codes and never personal data.

Nothing here may write a query string, a body, a header value or the text of an exception: a BSN stands in the
standards' query strings, and an exception quotes what it choked on.
"""

from __future__ import annotations

import logging
import sys
import traceback
from typing import TextIO

import structlog

_NOISY = ("uvicorn", "uvicorn.error", "uvicorn.access", "litestar", "sqlalchemy", "httpx", "asyncio", "alembic")


def configure_logging(stream: TextIO = sys.stderr, *, level: int = logging.INFO) -> None:
    """JSON lines on `stream`; library loggers only from warning up, and without their arguments."""
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(stream),
        cache_logger_on_first_use=False,
    )
    handler = _RedactedHandler()
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.WARNING)
    for name in _NOISY:
        logger = logging.getLogger(name)
        logger.handlers[:] = []
        logger.propagate = name != "uvicorn.access"
        logger.setLevel(logging.WARNING)


class _RedactedHandler(logging.Handler):
    """A library's log line keeps its origin and template; its arguments, which may hold anything, are dropped."""

    def emit(self, record: logging.LogRecord) -> None:
        structlog.get_logger().log(
            max(record.levelno, logging.INFO),
            "bibliotheek",
            bron=record.name,
            sjabloon=str(record.msg) if record.args else record.funcName,
            plaats=f"{record.module}:{record.lineno}",
            soort=record.exc_info[0].__name__ if record.exc_info and record.exc_info[0] else "",
        )


def location(error: BaseException) -> str:
    """Where it was raised: module and line of the innermost frames, without any value."""
    frames = traceback.extract_tb(error.__traceback__)[-6:]
    return " > ".join(f"{frame.filename.rpartition('/')[2]}:{frame.lineno} {frame.name}" for frame in frames)


def log_uncaught(error: BaseException, request_id: str) -> None:
    """A bug: its type and place, not its text."""
    cause = error.__cause__ or error.__context__
    structlog.get_logger().error(
        "onverwachte fout",
        soort=type(error).__name__,
        oorzaak=type(cause).__name__ if cause else "",
        plaats=location(error),
        verzoek=request_id,
    )
