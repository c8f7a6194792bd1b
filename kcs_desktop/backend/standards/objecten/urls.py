"""The addresses of objects in answers: always those under which this caller reached the register."""

from __future__ import annotations

from collections.abc import Iterable


def uuid_in(address: str) -> str:
    """The last part of an address, which is the uuid where it is the address of an object."""
    return address.rstrip("/").rsplit("/", 1)[-1]


class Urls:
    """`base` is the address of the API, as `https://host/zaken/api/v1`, without a slash at the end."""

    __slots__ = ("base",)

    def __init__(self, base: str) -> None:
        self.base = base.rstrip("/")

    def under(self, prefix: str) -> Urls:
        """Those of another API of this backend; every API is three steps below the host."""
        return Urls(self.base.rsplit("/", 3)[0] + prefix) if prefix else self

    def of(self, resource: str, uuid: str) -> str:
        return f"{self.base}/{resource}/{uuid}"

    def all_of(self, resource: str, uuids: Iterable[str]) -> list[str]:
        start = f"{self.base}/{resource}/"
        return [start + uuid for uuid in uuids]

    def optional(self, resource: str, uuid: str | None) -> str | None:
        """The same for a reference that may be absent."""
        return None if uuid is None else self.of(resource, uuid)

    def reference(self, resource: str, uuid: str | None) -> dict[str, str] | None:
        """The standard's reference to another object."""
        return None if uuid is None else {"uuid": uuid, "url": f"{self.base}/{resource}/{uuid}"}

    def references(self, resource: str, uuids: list[str]) -> list[dict[str, str]]:
        start = f"{self.base}/{resource}/"
        return [{"uuid": uuid, "url": start + uuid} for uuid in uuids]
