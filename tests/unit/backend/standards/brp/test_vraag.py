"""Whatever stands in a question's parameters, it is refused by name and never breaks the register."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from kcs_desktop.backend.standards.brp.problem import BrpProblem
from kcs_desktop.backend.standards.brp.vraag import RAADPLEEG, parse

ODD: tuple[Any, ...] = ({"a": 1}, [1], [], 1, 1.5, True, None, "", "Zoek", [["x"]])


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("naam", ["type", "fields", "burgerservicenummer"])
def test_a_parameter_of_another_kind_is_refused_by_its_name(naam: str, odd: Any) -> None:
    body = {"type": RAADPLEEG, "burgerservicenummer": ["999990019"], "fields": ["naam"], naam: odd}
    with pytest.raises(BrpProblem) as refused:
        parse(msgspec.json.encode(body))
    assert refused.value.status == 400
    assert {param.name.partition(".")[0] for param in refused.value.params} == {naam}
