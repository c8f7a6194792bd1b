"""Where the browser comes back: one answer of this attempt, and nothing for anybody else."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.services.terugkeer import Browserantwoord, Terugkeer

STATE = "s" * 64


async def ask(address: str, method: str = "GET", **headers: str) -> httpx.Response:
    async with httpx.AsyncClient(trust_env=False) as browser:
        return await browser.request(method, address, headers=headers)


async def test_the_code_of_this_attempt_arrives_and_the_page_may_be_closed() -> None:
    async with Terugkeer(STATE) as terugkeer:
        assert terugkeer.address.startswith("http://127.0.0.1:")
        page = await ask(f"{terugkeer.address}?code=abc&state={STATE}&iss=https%3A%2F%2Fa.example")
        assert await terugkeer.wait(5) == Browserantwoord("abc", "https://a.example")
        assert "U kunt deze pagina sluiten" in page.text
        assert page.headers["cache-control"] == "no-store"
        assert (await ask(f"{terugkeer.address}?code=tweede&state={STATE}")).status_code == 404
        address = terugkeer.address
    with pytest.raises(httpx.ConnectError):
        await ask(address)


@pytest.mark.parametrize(
    ("query", "code"),
    [
        (f"error=access_denied&state={STATE}", "oidc-afgewezen"),
        (f"error=server_error&error_description=%3Cscript%3E&state={STATE}", "oidc-fout"),
        (f"state={STATE}", "oidc-fout"),
    ],
)
async def test_a_refusal_of_this_attempt_ends_it_with_a_reason(query: str, code: str) -> None:
    async with Terugkeer(STATE) as terugkeer:
        page = await ask(f"{terugkeer.address}?{query}")
        with pytest.raises(InvalidInput) as wrong:
            await terugkeer.wait(5)
    assert wrong.value.code == code
    assert "script" not in page.text


@pytest.mark.parametrize(
    "query",
    ["code=x&state=verkeerd", "code=x", f"code=x&state={STATE}&state={STATE}", "error=access_denied&state=verkeerd"],
)
async def test_an_answer_to_another_attempt_gets_a_page_and_ends_nothing(query: str) -> None:
    async with Terugkeer(STATE) as terugkeer:
        page = await ask(f"{terugkeer.address}?{query}")
        assert page.status_code == 400
        assert "KCS Desktop wacht nog" in page.text
        await ask(f"{terugkeer.address}?code=abc&state={STATE}")
        assert (await terugkeer.wait(5)).code == "abc"


async def test_what_no_browser_of_ours_asks_neither_answers_nor_ends_the_wait() -> None:
    async with Terugkeer(STATE) as terugkeer:
        good = f"{terugkeer.address}?code=abc&state={STATE}"
        assert (await ask(terugkeer.address.replace("/aangemeld", "/favicon.ico"))).status_code == 404
        assert (await ask(good, "POST")).status_code == 404
        assert (await ask(good, Host="kwaad.example")).status_code == 404
        reader, writer = await asyncio.open_connection("127.0.0.1", int(terugkeer.address.split(":")[2].split("/")[0]))
        writer.write(b"\x16\x03\x01" + b"A" * 40_000)
        assert await reader.read() == b""
        writer.close()
        await ask(good)
        assert (await terugkeer.wait(5)).code == "abc"


async def test_an_employee_who_does_not_come_back_is_told() -> None:
    async with Terugkeer(STATE) as terugkeer:
        with pytest.raises(InvalidInput, match="niet binnen 0 minuten"):
            await terugkeer.wait(0.01)
