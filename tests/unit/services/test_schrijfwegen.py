"""There is one way to write: the outbox. Shown in the source of the seat, and in what a day's work sends."""

from __future__ import annotations

import ast
import importlib
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path
from types import ModuleType

import pytest

from kcs_desktop.domain.klant import DigitaalAdres, SoortDigitaalAdres, SoortKlant
from kcs_desktop.domain.klantcontact import Kanaal, Resultaat, Terugbelverzoek
from kcs_desktop.domain.opdracht import AdresWijziging, KlantRegistreren, KlantWijzigen
from kcs_desktop.domain.terugbeltaak import Lijst
from kcs_desktop.domain.toevoeging import Toevoegstand
from kcs_desktop.domain.wachtrij import Wachtstand
from kcs_desktop.services.seat import SeatService
from tests.doubles.stoel_proxy import bad_network
from tests.harness.backend import ROOT, BackendProcess
from tests.harness.dossier import added, draft, open_zaak, paper, stands
from tests.harness.zitplaats import find, finish_contact, outcome, picture, running_seat, sign_in
from tests.unit.voorbeeld import stukken

SEAT = ("api", "cache", "search", "security", "services", "sync")
WRITES = "/kcs/api/v1/opdrachten"
# What asks, signs in or tells the audit trail, by method and path; it changes no register.
NO_WRITE = {
    ("POST", "/kcs/api/v1/aanmelden"),
    ("POST", "/kcs/api/v1/aanmelden/gemeente/begin"),
    ("POST", "/kcs/api/v1/aanmelden/gemeente"),
    ("POST", "/kcs/api/v1/sessies/ontgrendelen/gemeente"),
    ("POST", "/kcs/api/v1/sessies"),
    ("POST", "/kcs/api/v1/sessies/vernieuwen"),
    ("POST", "/kcs/api/v1/sessies/nagaan"),
    ("POST", "/kcs/api/v1/sessies/ontgrendelen"),
    ("DELETE", "/kcs/api/v1/sessies/huidig"),
    ("POST", "/kcs/api/v1/zoeken"),
    ("POST", "/kcs/api/v1/meekijkers"),
    ("POST", "/kcs/api/v1/gebeurtenissen/getoond"),
    ("POST", "/kcs/api/v1/audit/inzage"),
    ("POST", "/kcs/api/v1/audit/zoeken"),
    ("POST", "/brp/haalcentraal/api/brp/personen"),
    ("POST", "/zaken/api/v1/zaken/_zoek"),
}
# The content of a file on its way. It is part of nothing until a command makes a document of it.
FILES = {
    ("kcs_desktop/api/bestanden.py", "PUT", "/kcs/api/v1/bestanden/*"),
    ("kcs_desktop/api/bestanden.py", "PUT", "/kcs/api/v1/bestanden/*/stukken/*"),
    ("kcs_desktop/api/bestanden.py", "POST", "/kcs/api/v1/bestanden/*/klaar"),
    ("kcs_desktop/api/bestanden.py", "DELETE", "/kcs/api/v1/bestanden/*"),
}


def sources() -> Iterator[Path]:
    for folder in (*(ROOT / "kcs_desktop" / name for name in SEAT), ROOT / "ui", ROOT / "plugins"):
        yield from folder.rglob("*.py")


def _text(node: ast.expr, module: ModuleType) -> str:
    """A path as it is sent: a constant of the module by its value, anything else "*"."""
    if isinstance(node, ast.Constant):
        return str(node.value)
    if isinstance(node, ast.JoinedStr):
        return "".join(_text(part, module) for part in node.values)
    if isinstance(node, ast.FormattedValue):
        return _text(node.value, module)
    if isinstance(node, ast.Name) and node.id.isupper():
        return str(getattr(module, node.id))
    return "*"


def calls(path: Path) -> Iterator[tuple[str, str]]:
    """Every call of the one client: its method and path, "?" where the method is not written out."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "call":
            method, where = (_argument(node, nr, naam) for nr, naam in enumerate(("method", "path")))
            module = importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
            yield (str(method.value) if isinstance(method, ast.Constant) else "?", _text(where, module))


def _argument(call: ast.Call, nr: int, naam: str) -> ast.expr:
    """By its place or its name; what is spread out from elsewhere is "*"."""
    plain = [al for al in call.args if not isinstance(al, ast.Starred)]
    by_name = next((al.value for al in call.keywords if al.arg == naam), ast.Name("elsewhere"))
    return plain[nr] if nr < len(plain) == len(call.args) else by_name


def test_the_source_holds_one_call_that_writes() -> None:
    found = {(path.relative_to(ROOT).as_posix(), *call) for path in sources() for call in calls(path)}
    assert found >= FILES
    assert len(found) > 15, "this test reads nothing any more"
    others = {row for row in found if row[1] != "GET" and row[1:] not in NO_WRITE}
    assert others - FILES == {("kcs_desktop/api/opdrachten.py", "POST", WRITES)}


@pytest.mark.parametrize("naam", ["httpx", "urllib.request", "http.client", "socket", "requests"])
def test_nothing_but_the_client_reaches_the_network(naam: str) -> None:
    # The second reads a stream of the client, the third closes its lines; neither makes one.
    allowed = {f"kcs_desktop/api/{module}.py" for module in ("client", "gebeurtenissen", "lijn")}
    importing = set()
    for path in sources():
        tree = ast.parse(path.read_text("utf-8"))
        imported = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        if naam in imported:
            importing.add(path.relative_to(ROOT).as_posix())
    runtime = {name for name in importing if not _for_types_only(ROOT / name, naam)}
    assert runtime <= allowed | {"kcs_desktop/services/ingebed.py"}  # which looks for a free port


def _for_types_only(path: Path, naam: str) -> bool:
    tree = ast.parse(path.read_text("utf-8"))
    guarded = [
        node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
    ]
    inside = {
        alias.name for node in guarded for part in node.body if isinstance(part, ast.Import) for alias in part.names
    }
    return naam in inside


async def test_a_days_work_sends_no_other_write(proefdam: BackendProcess, tmp_path: Path) -> None:
    async with bad_network(proefdam.url) as network:
        async with running_seat(tmp_path, network.url, account="alles") as seat:
            await _work(seat, tmp_path)
            await sign_in(seat, "tic")
            await seat.aanmelden.sign_out()
        sent = {(one.method, one.path.partition("?")[0]) for one in network.seen if one.method != "GET"}
    assert ("POST", WRITES) in sent
    others = sent - {("POST", WRITES)} - NO_WRITE
    assert others, "the document was sent"
    for method, path in others:
        assert any(method == how and fnmatchcase(path, where) for _, how, where in FILES), path
    soorten = [one.body.partition(b'"type":"')[2].partition(b'"')[0] for one in network.passed("POST", WRITES)]
    assert set(soorten) == {
        b"klantcontact.registreren",
        b"klant.wijzigen",
        b"klant.registreren",
        b"zaak.nummer-reserveren",
        b"zaak.aanmaken",
        b"document.toevoegen",
        b"terugbelnotitie.claimen",
        b"terugbelnotitie.teruggeven",
    }


async def _work(seat: SeatService, folder: Path) -> None:
    """Search, look, change, register, finish with and without a callback, look again from the store; make a zaak, add
    a document to one, take up a callback note and hand it back."""
    klant = await find(seat, "999900110")
    await picture(seat, klant)
    await picture(seat, klant)
    nummer = DigitaalAdres(SoortDigitaalAdres.TELEFOONNUMMER, "+31612345670")
    opdrachten = [
        seat.klanten.change(KlantWijzigen(klant, (AdresWijziging(None, nummer),))),
        seat.klanten.register(KlantRegistreren(SoortKlant.PERSOON, achternaam="Zonderling")),
        finish_contact(seat, klant, "Vraag van de dag"),
    ]
    contact = seat.contacten.start(Kanaal.TELEFOON, klant=klant)
    seat.contacten.change_vraag(
        contact.id,
        contact.vraag.id,
        onderwerp="Terugbellen",
        resultaat=Resultaat.CONTACTVERZOEK,
        terugbelverzoek=Terugbelverzoek("Bellen", afdeling="Belastingen"),
    )
    opdrachten.append(seat.contacten.finish(contact.id))
    opdrachten.append(seat.zaakaanmaken.create((await draft(seat)).id))
    stuk = await added(seat, await open_zaak(seat), paper(folder, "scan.pdf", stukken.pdf()))
    assert (await stands(seat, stuk, Toevoegstand.TOEGEVOEGD, Toevoegstand.MISLUKT)).stand is Toevoegstand.TOEGEVOEGD
    await seat.terugbelnotities.load(Lijst.TEAM)
    taak = next(al for al in seat.terugbelnotities.known(Lijst.TEAM).taken if not al.door)
    opdrachten.extend((seat.terugbelnotities.claim(taak), seat.terugbelnotities.hand_back(taak)))
    for opdracht in opdrachten:
        assert (await outcome(seat, opdracht)).stand is Wachtstand.GESLAAGD
