"""What every field and resource must be able to do is asked when it is made, not when the first request comes."""

from __future__ import annotations

import pytest

from kcs_desktop.backend.standards.objecten.fields import Field, Parsed, Text, Value
from kcs_desktop.backend.standards.objecten.groups import Reference
from kcs_desktop.backend.standards.objecten.resource import Resource


@pytest.mark.parametrize("kind", [Field, Value, Resource])
def test_what_is_not_finished_cannot_be_made(kind: type) -> None:
    with pytest.raises(TypeError, match="abstract"):
        kind()


@pytest.mark.parametrize("field", [Text(wire="naam", column="naam", maximum=5), Reference(wire="naam", table="t")])
def test_null_is_wrong_for_a_field_that_must_be_filled(field: Field) -> None:
    parsed = Parsed()
    field.read(None, "naam", parsed)
    assert [(wrong.name, wrong.code) for wrong in parsed.problems] == [("naam", "null")]


def test_a_nullable_field_is_emptied() -> None:
    parsed = Parsed()
    Text(wire="naam", column="naam", maximum=5, nullable=True).read(None, "naam", parsed)
    assert (parsed.values, parsed.problems) == ({"naam": None}, [])
