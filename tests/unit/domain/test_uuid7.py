"""Ids sort by time, are unique over threads and carry the moment that was given."""

from __future__ import annotations

import threading
import uuid
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.domain.uuid7 import new_id


def test_later_ids_are_greater() -> None:
    ids = [new_id() for _ in range(5000)]
    assert ids == sorted(set(ids))


def test_a_clock_that_is_set_back_does_not_break_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    before = new_id()
    monkeypatch.setattr("kcs_desktop.domain.uuid7.time.time_ns", lambda: 1_000_000_000)
    assert new_id() > before


@given(st.integers(0, 40_000_000_000_000).map(lambda ms: datetime(1971, 1, 1, tzinfo=UTC) + timedelta(milliseconds=ms)))
def test_a_given_moment_is_carried_to_the_millisecond(moment: datetime) -> None:
    value = uuid.UUID(new_id(moment))
    assert value.version == 7
    assert value.variant == uuid.RFC_4122
    assert abs(datetime.fromtimestamp((value.int >> 80) / 1000, UTC) - moment) <= timedelta(milliseconds=1)


def test_ids_of_one_given_moment_increase() -> None:
    moment = datetime(2026, 11, 24, 14, 5, tzinfo=UTC)
    ids = [new_id(moment) for _ in range(100)]
    assert ids == sorted(set(ids))


def test_a_naive_moment_is_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        new_id(datetime(2026, 1, 1))  # noqa: DTZ001 -- the naive value is the case


def test_threads_never_get_the_same_id() -> None:
    made: list[list[str]] = [[] for _ in range(4)]

    def fill(target: list[str]) -> None:
        target.extend(new_id() for _ in range(2000))

    threads = [threading.Thread(target=fill, args=(target,)) for target in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    together = [value for target in made for value in target]
    assert len(set(together)) == 8000
    assert all(target == sorted(target) for target in made)
