"""Parts of a document in another size than ours: one that a server shows is several of the register behind it."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any

Json = dict[str, Any]
Answer = tuple[int, str, bytes]
PART = "/bestandsdelen/"


class Delen:
    """`size`: how many parts of the register are one here; 1 is as they are. `hides_lock`: answers show no lock, but
    that to who makes the document."""

    def __init__(self) -> None:
        self.size = 1
        self.hides_lock = False
        self._inside: dict[str, list[Json]] = {}  # by the uuid of the part that is shown

    def shown(self, answer: Answer, *, is_new: bool) -> Answer:
        """An answer with the parts as this server has them."""
        if answer[0] >= 300 or b'"bestandsdelen"' not in answer[2]:
            return answer
        body = json.loads(answer[2])
        for document in body.get("results", [body]):
            self._merge(document)
            if self.hides_lock and not is_new:
                for one in (document, *document["bestandsdelen"]):
                    one.pop("lock", None)
        return answer[0], answer[1], json.dumps(body).encode()

    def _merge(self, document: Json) -> None:
        parts = sorted(document["bestandsdelen"], key=lambda part: int(part["volgnummer"]))
        groups = [parts[nr : nr + self.size] for nr in range(0, len(parts), self.size)]
        self._inside |= {_uuid(group[0]): group for group in groups}
        document["bestandsdelen"] = [
            {
                **group[0],
                "volgnummer": nr,
                "omvang": sum(part["omvang"] for part in group),
                "voltooid": all(part["voltooid"] for part in group),
            }
            for nr, group in enumerate(groups, start=1)
        ]

    async def put(
        self, path: str, headers: dict[str, str], body: bytes, do: Callable[[str, bytes, str], Awaitable[Answer]]
    ) -> Answer:
        """Pass each part of the register its own share; `do` takes path, body and media type."""
        message = BytesParser(policy=HTTP).parsebytes(
            b"Content-Type: " + headers["content-type"].encode() + b"\r\n\r\n" + body
        )
        given: dict[str, bytes] = {}
        for field in message.iter_parts():
            name, value = field.get_param("name", header="content-disposition"), field.get_payload(decode=True)
            given[str(name)] = value if isinstance(value, bytes) else b""
        lock, content = given["lock"].strip(), given["inhoud"]
        inside = self._inside[path.rpartition("/")[2]]
        if len(content) != sum(part["omvang"] for part in inside):
            return 400, "application/problem+json", b'{"code":"invalid","title":"file-size","status":400}'
        for part in inside:
            share, content = content[: part["omvang"]], content[part["omvang"] :]
            answer = await do(f"/documenten/api/v1{PART}{_uuid(part)}", _form(lock, share), _TYPE)
            if answer[0] >= 300:
                return answer
        return answer


_BORDER = b"deel-van-een-deel"
_TYPE = f"multipart/form-data; boundary={_BORDER.decode()}"


def _form(lock: bytes, content: bytes) -> bytes:
    named = b"Content-Disposition: form-data; name="
    return b"".join(
        [
            b"--" + _BORDER + b"\r\n" + named + b'"lock"\r\n\r\n' + lock + b"\r\n",
            b"--" + _BORDER + b"\r\n" + named + b'"inhoud"; filename="deel"\r\n',
            b"Content-Type: application/octet-stream\r\n\r\n" + content + b"\r\n--" + _BORDER + b"--\r\n",
        ]
    )


def _uuid(part: Json) -> str:
    return str(part["url"]).rpartition("/")[2]
