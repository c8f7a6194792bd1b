"""A form with one file in it, as it goes over the line: the content is read as it is sent, and never held whole."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Mapping
from uuid import uuid4

Content = Callable[[], AsyncIterator[bytes]]


class Formulier:
    """`content` gives `omvang` bytes, each time from the beginning: a request whose proof is refused is made again."""

    def __init__(self, fields: Mapping[str, str], omvang: int, content: Content) -> None:
        border = uuid4().hex
        text = "".join(
            f'--{border}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        )
        named = 'Content-Disposition: form-data; name="inhoud"; filename="deel"'
        self._before = f"{text}--{border}\r\n{named}\r\nContent-Type: application/octet-stream\r\n\r\n".encode()
        self._after = f"\r\n--{border}--\r\n".encode()
        self._content = content
        self.headers = {
            "Content-Type": f"multipart/form-data; boundary={border}",
            "Content-Length": str(len(self._before) + omvang + len(self._after)),
        }

    async def stream(self) -> AsyncIterator[bytes]:
        yield self._before
        async for part in self._content():
            yield part
        yield self._after
