"""What the parent of all children imports once. Nothing here starts a thread or an event loop."""

import importlib
from contextlib import suppress

_NAMES = (
    "aiosqlite",
    "anyio._backends._asyncio",
    "argon2",
    "cryptography.hazmat.backends.openssl",
    "httpcore",
    "keyring.backends.SecretService",
    "kcs_desktop.backend.cli",
    "kcs_desktop.backend.proefgemeente.load",
    "kcs_desktop.backend.serve",
    "kcs_desktop.services.seat",
    "sqlalchemy.dialects.sqlite.aiosqlite",
    "tests.faults.seat_process",
    "tests.faults.server_process",
    "uvicorn.lifespan.on",
    "uvicorn.loops.asyncio",
    "uvicorn.protocols.http.httptools_impl",
)
_WHERE_THERE = ("litestar.plugins.attrs", "litestar.plugins.pydantic")  # the framework takes what is installed

for _name in _NAMES:
    importlib.import_module(_name)
for _name in _WHERE_THERE:
    with suppress(ImportError):
        importlib.import_module(_name)
