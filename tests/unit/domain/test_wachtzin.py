"""What a passphrase must be."""

from __future__ import annotations

import pytest

from kcs_desktop.domain.errors import InvalidInput
from kcs_desktop.domain.wachtzin import check_passphrase


@pytest.mark.parametrize("weak", ["", "kort", "           a", "aaaaaaaaaaaaaaaa", "abababababababab"])
def test_what_guards_nothing_is_refused(weak: str) -> None:
    with pytest.raises(InvalidInput) as caught:
        check_passphrase(weak)
    assert caught.value.field == "wachtzin"
