"""The content of documents that no register has yet, written beside an export of the work they belong to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from itertools import count
from pathlib import Path

from kcs_desktop.cache.bijlagen import STUK
from kcs_desktop.cache.toevoegingen import Onderweg
from kcs_desktop.domain.bestand import save_name
from kcs_desktop.domain.errors import UserError
from kcs_desktop.services.halfbestand import begin, half_of
from kcs_desktop.services.inlezen import read_part

_BEGIN, _NAAM = 80, 140  # bytes


def write_beside(export: Path, folder: Path, onderweg: Iterable[Onderweg]) -> list[str]:
    """A file for each whose content stands here only, for its owner alone; their names. `folder` holds the copies.

    What is sent from its own file stands there still, and is left where it is; a file that is there already too. Raises
    UserError in Dutch of the first that could not be written, when all were tried.
    """
    written: list[str] = []
    failed: list[UserError] = []
    free = _free_names(export)
    for al in onderweg:
        if al.bron.los or al.bron.kopie:
            path = free(al.toevoeging.naam)
            try:
                _write(path, folder, al)
            except UserError as fout:
                failed.append(fout)
            else:
                written.append(path.name)
    if failed:
        raise _told(failed, len(written))
    return written


def _free_names(export: Path) -> Callable[[str], Path]:
    """Numbered, and no longer than a file system takes: the name of the export may fill it by itself."""
    begin, numbers = save_name(export.stem, _BEGIN), count(1)

    def free(naam: str) -> Path:
        paths = (export.with_name(f"{begin} - {number} - {save_name(naam, _NAAM)}") for number in numbers)
        return next(path for path in paths if not path.exists())

    return free


def _told(failed: Sequence[UserError], written: int) -> UserError:
    fout = failed[0]
    more = f" Nog {len(failed) - 1} lukte niet." if len(failed) > 1 else ""
    beside = f" Wel opgeslagen: {written}." if written else ""
    return UserError(f"{fout.message}{more}{beside}", code=fout.code, advice=fout.advice)


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
