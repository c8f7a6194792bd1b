"""A list of which somebody may see only some rows, in pages of those rows: neither a count nor a next page tells of
others.

The source is read on until the page is full and it is known whether another follows. Then `count` is how many there
are, or as many as tell that another page follows.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

from kcs_desktop.backend.gateway.samenvoegen import PAGE_SIZE, Blad, Json, asked_for_page, place_of
from kcs_desktop.backend.problem import InvalidBody, InvalidParam
from kcs_desktop.domain.errors import NotFound

MOST = 5000  # rows of the source that are gone through for one page
MOST_ASKED = 500  # the same, where each row is a question of its own to who may see it


class Zeef:
    """Of one source, for one question. `read` gives a page of the source as it was asked, without the hidden rows; no
    more than `most` are gone through."""

    def __init__(
        self, read: Callable[[Mapping[str, str]], Awaitable[Blad]], asked: Mapping[str, str], most: int = MOST
    ) -> None:
        self._read = read
        self._most = most
        number, self._size = place_of(asked)
        self._enough = number * self._size + 1
        self._step = max(self._size, PAGE_SIZE)
        self._asked = {**asked, "pageSize": str(self._step)} if "pageSize" in asked else asked
        self._rows: list[Json] = []
        self._pages = 0
        self._is_whole = False

    async def page(self, number: int) -> Blad:
        """Up to the page that was asked. Raises NotFound beyond the last one, InvalidBody where the source has too many
        rows to go through."""
        while not self._is_whole and len(self._rows) < self._enough:
            if self._pages * self._step >= self._most:
                reason = (
                    f"Er zijn meer dan {self._most} objecten om na te gaan. Vraag er minder tegelijk, met een filter."
                )
                raise InvalidBody([InvalidParam("nonFieldErrors", "too-many", reason)])
            blad = await self._read(asked_for_page(self._asked, self._pages + 1))
            if blad.fout is not None:
                return blad
            self._rows += blad.rows
            self._pages, self._is_whole = self._pages + 1, blad.is_last
        begin, end = (number - 1) * self._size, number * self._size
        rows = self._rows[begin:end]
        if not rows and number > 1:
            raise NotFound("Deze pagina bestaat niet.")
        count = len(self._rows) if self._is_whole else self._enough
        return Blad(rows, count, is_last=end >= count)
