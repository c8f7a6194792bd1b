"""A key wrapped by a passphrase comes back with that passphrase only, and nothing of it can be read from the file."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.security.wachtzin import unwrap, wrap

KEY = bytes(range(32))
ZIN = "vier paarden in de wei"


def test_the_key_comes_back_with_the_passphrase_and_with_no_other(tmp_path: Path) -> None:
    path = tmp_path / "profiel" / "sleutel-a.json"
    wrap(path, ZIN, KEY)
    assert unwrap(path, ZIN) == KEY
    for wrong in ("Vier paarden in de wei", ZIN + " ", "", "x" * 5000):
        with pytest.raises(InvalidInput, match="klopt niet"):
            unwrap(path, wrong)


def test_letters_typed_in_two_ways_are_one_passphrase(tmp_path: Path) -> None:
    wrap(tmp_path / "s.json", "een café om de hoek", KEY)
    assert unwrap(tmp_path / "s.json", "een cafe\u0301 om de hoek") == KEY


def test_the_file_is_its_owners_and_holds_neither_key_nor_passphrase(tmp_path: Path) -> None:
    path = tmp_path / "s.json"
    wrap(path, ZIN, KEY)
    inhoud = path.read_bytes()
    assert path.stat().st_mode & 0o777 == 0o600
    assert KEY not in inhoud
    assert KEY.hex().encode() not in inhoud
    assert ZIN.encode() not in inhoud
    wrap(tmp_path / "t.json", ZIN, KEY)
    assert (tmp_path / "t.json").read_bytes() != inhoud
    assert not list(tmp_path.glob("*.nieuw"))


def _greedy(inhoud: bytes) -> bytes:
    return msgspec.json.encode(msgspec.json.decode(inhoud) | {"geheugen": 2**40})


def _starved(inhoud: bytes) -> bytes:
    return msgspec.json.encode(msgspec.json.decode(inhoud) | {"geheugen": 1, "banen": 16})


def _without_salt(inhoud: bytes) -> bytes:
    return msgspec.json.encode(msgspec.json.decode(inhoud) | {"zout": ""})


def _other_version(inhoud: bytes) -> bytes:
    return msgspec.json.encode(msgspec.json.decode(inhoud) | {"versie": 2})


def _flipped(inhoud: bytes) -> bytes:
    velden = msgspec.json.decode(inhoud)
    return msgspec.json.encode(velden | {"sleutel": "AAAA" + velden["sleutel"][4:]})


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda _: b"", "beschadigd"),
        (lambda inhoud: inhoud[:40], "beschadigd"),
        (lambda _: os.urandom(300), "beschadigd"),
        (_greedy, "beschadigd"),
        (_starved, "beschadigd"),
        (_without_salt, "beschadigd"),
        (_other_version, "beschadigd"),
        (_flipped, "klopt niet"),
    ],
)
def test_a_file_that_is_none_is_said_and_never_a_key(
    spoil: Callable[[bytes], bytes], said: str, tmp_path: Path
) -> None:
    path = tmp_path / "s.json"
    wrap(path, ZIN, KEY)
    path.write_bytes(spoil(path.read_bytes()))
    with pytest.raises(InvalidInput, match=said):
        unwrap(path, ZIN)
