"""Ids and shortcuts are unique; rights and contact decide what may run; a plugin's commands go with it."""

from __future__ import annotations

import msgspec
import pytest

from kcs_desktop.sdk import Recht, Verbinding
from tests.harness.seat_content import sessie
from tests.harness.seat_fake import FakeSeat
from ui.commands.frame_commands import COMMANDS, PREFIX
from ui.commands.registry import FRAME, NO_CONNECTION, CommandRegistry, DuplicateCommand, normal_shortcut, refusal
from ui.frame.actions import FrameActions
from ui.manifest import Command
from ui.plugins import discover, register_all


def test_the_shipped_commands_clash_nowhere() -> None:
    registry = CommandRegistry()
    registry.register(FRAME, COMMANDS)
    assert [p.fout for p in register_all(discover(), registry) if p.fout] == []


def test_every_command_of_the_frame_is_a_method_of_its_actions() -> None:
    missing = [c.id for c in COMMANDS if not hasattr(FrameActions, c.doet.removeprefix(PREFIX))]
    assert missing == []


@pytest.mark.parametrize(
    "second", [Command("a", "Twee", "m:f", "F9"), Command("b", "Twee", "m:f", "Shift+Ctrl+P")], ids=["id", "toets"]
)
def test_a_duplicate_is_refused_and_registers_nothing(second: Command) -> None:
    registry = CommandRegistry()
    registry.register("een", [Command("a", "Een", "m:f", "Ctrl+Shift+P")])
    with pytest.raises(DuplicateCommand):
        registry.register("twee", [Command("c", "Drie", "m:f"), second])
    assert [c.id for c in registry.all] == ["a"]


def test_what_a_plugin_registered_goes_with_it() -> None:
    registry = CommandRegistry()
    registry.register("een", [Command("a", "Een", "m:f", "F9")])
    registry.unregister("een")
    registry.register("twee", [Command("a", "Een", "m:f", "F9")])
    assert registry.owner("a") == "twee"


def test_one_key_combination_has_one_spelling() -> None:
    assert normal_shortcut("Shift+Ctrl+Enter") == normal_shortcut("Ctrl+Shift+Return")


def test_a_role_without_the_right_may_not_run_it() -> None:
    command = Command("a", "Een", "m:f", functie="crm", recht=Recht.WIJZIGEN)
    assert refusal(command, FakeSeat(sessie("snelbalie"))) == ""
    assert refusal(command, FakeSeat(sessie("auditor"))) == "Met uw rol mag dit niet."
    assert refusal(command, FakeSeat(aangemeld=False)) == "Meld u eerst aan."


def test_a_command_for_a_customer_waits_for_one() -> None:
    seat = FakeSeat()
    command = Command("a", "Een", "m:f", beschikbaar="klant")
    assert refusal(command, seat) == ""
    seat.contacten.activate("c-2")
    assert refusal(command, seat) == "Dit contact heeft nog geen klant."


@pytest.mark.parametrize("verbinding", [v for v in Verbinding if v is not Verbinding.VERBONDEN])
def test_what_only_the_backend_can_do_is_off_without_a_connection(verbinding: Verbinding) -> None:
    seat = FakeSeat()
    command = Command("a", "Een", "m:f", verbinding=True)
    assert refusal(command, seat) == ""
    seat.set_verbinding(verbinding)
    assert refusal(command, seat) == NO_CONNECTION
    assert refusal(msgspec.structs.replace(command, verbinding=False), seat) == ""


def test_the_backend_alone_can_renew_a_picture_answer_the_auditor_and_sign_somebody_in() -> None:
    registry = CommandRegistry()
    registry.register(FRAME, COMMANDS)
    register_all(discover(), registry)
    assert {c.id for c in registry.all if c.verbinding} == {
        "klant.vernieuwen",
        "klant.meer",
        "audit.vraag",
        "audit.meer",
        "sessie.wissel",
        "zaken.vernieuwen",
        "zaken.zoeken",
    }
