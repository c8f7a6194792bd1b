"""/metrics tells how it goes, and nothing of anybody."""

from __future__ import annotations

import re

from kcs_desktop.backend.beheer.metrics import may_ask
from kcs_desktop.backend.settings import Settings
from tests.harness.backend import Backend
from tests.unit.backend.opdrachten.bouwen import BSN, URL, contact, persoon

LINE = re.compile(r"(#.*|[a-z_]+(\{.*\})? [0-9.e+-]+)")


async def test_it_counts_requests_by_template_and_the_state_of_feed_commands_and_audit(backend: Backend) -> None:
    client = await backend.client_for("tic")
    assert (await client.post(URL, json=contact(backend.klok(), klant=persoon()))).status_code == 201
    assert (await client.get(f"/klantinteracties/api/v1/partijen?zoek={BSN}")).status_code == 400
    assert (await client.get(f"/bestaat/niet/{BSN}")).status_code == 404
    answer = await backend.client().get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    text = answer.text
    assert [line for line in text.splitlines() if not LINE.fullmatch(line)] == []
    assert re.search(
        r'kcs_requests_total\{worker="\d+",route="/kcs/api/v1/opdrachten",method="POST",status="201"\} 1', text
    )
    assert re.search(r'route="/klantinteracties/api/v1/\{resource\}",method="GET",status="400"\} 1', text)
    assert re.search(r'route="anders",method="GET",status="404"\} 1', text)
    assert re.search(r'_bucket\{worker="\d+",route="/kcs/api/v1/opdrachten",method="POST",le="\+Inf"\} 1', text)
    assert 'kcs_opdrachten{stand="geslaagd"} 1' in text
    high = re.search(r"^kcs_feed_high_water (\d+)$", text, re.MULTILINE)
    assert high is not None
    assert int(high[1]) > 0
    assert re.search(r"^kcs_audit_unsealed \d+$", text, re.MULTILINE)
    assert BSN not in text


async def test_an_unknown_address_adds_no_label_of_its_own(backend: Backend) -> None:
    client = backend.client()
    for number in range(5):
        await client.get(f"/verzonnen/{number}")
    text = (await client.get("/metrics")).text
    assert 'route="anders",method="GET",status="404"} 5' in text
    assert "verzonnen" not in text


def test_only_this_computer_and_the_named_networks_may_read_it() -> None:
    settings = Settings(database_url="sqlite://", metrics_van="10.1.0.0/16, 192.168.7.9")
    assert [may_ask(settings, a) for a in ("127.0.0.1", "::1", "10.1.2.3", "192.168.7.9")] == [True] * 4
    assert [may_ask(settings, a) for a in ("10.2.0.1", "192.168.7.8", "", "testclient")] == [False] * 4
