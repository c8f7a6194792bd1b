"""The content of documents that no register has yet, written beside an export of the work they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from kcs_desktop.cache.bijlagen import STUK
from kcs_desktop.cache.toevoegingen import Onderweg
from kcs_desktop.domain.errors import UserError
from kcs_desktop.services.halfbestand import begin, half_of
from kcs_desktop.services.inlezen import read_part


def write_beside(export: Path, folder: Path, onderweg: Iterable[Onderweg]) -> list[str]:
    """A file for each whose content stands here only, for its owner alone; their names. `folder` holds the copies.

    What is sent from its own file stands there still, and is left where it is. Raises UserError in Dutch.
    """
    written: list[str] = []
    for al in onderweg:
        if al.bron.los or al.bron.kopie:
            path = export.with_name(f"{export.stem} - {len(written) + 1} - {al.toevoeging.naam}")
            _write(path, folder, al)
            written.append(path.name)
    return written


def _write(path: Path, folder: Path, al: Onderweg) -> None:
    half = half_of(path)
    try:
        with begin(half) as file:
            for start in range(0, al.bron.omvang, STUK):
                length = min(STUK, al.bron.omvang - start)
                file.write(read_part(al.bron, folder, al.toevoeging.naam, start, length))
        half.replace(path)
    except BaseException as fout:
        with suppress(OSError):
            half.unlink(missing_ok=True)
        if not isinstance(fout, OSError):
            raise
        raise UserError(
            f"{al.toevoeging.naam} kon niet worden opgeslagen: {fout.strerror or 'onbekende oorzaak'}.",
            code="uitvoer",
            advice="Kies een andere map. Uw werk blijft bewaard.",
        ) from fout
