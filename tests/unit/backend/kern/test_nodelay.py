"""An answer leaves at once: headers and body are two small packets, and the second must not wait for the first."""

from __future__ import annotations

import socket

from kcs_desktop.backend.server import bind
from kcs_desktop.backend.settings import Settings


def test_the_listener_names_its_protocol_so_that_asyncio_sends_without_delay() -> None:
    with bind(Settings(database_url="sqlite:///unused.db")) as listener:
        assert listener.proto == socket.IPPROTO_TCP
