"""What the parent of all children imports once. Nothing here starts a thread or an event loop."""

import importlib

_NAMES = (
    "keyring.backends.SecretService",
    "argon2",
    "kcs_desktop.backend.cli",
    "kcs_desktop.backend.serve",
    "kcs_desktop.services.seat",
    "tests.faults.seat_process",
    "tests.faults.server_process",
    "uvicorn.protocols.http.httptools_impl",
    "uvicorn.lifespan.on",
    "uvicorn.loops.asyncio",
    "aiosqlite",
    "sqlalchemy.dialects.sqlite.aiosqlite",
)
for _name in _NAMES:
    importlib.import_module(_name)
