"""Settings: environment over TOML, the same names, unknown keys named."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kcs_desktop.backend.gateway.instellingen import sources
from kcs_desktop.backend.settings import Settings, is_loopback_host, load_settings
from kcs_desktop.domain.errors import InvalidInput

NOWHERE = Path("/bestaat/niet.toml")
DATABASE = {"KCS_DATABASE_URL": "sqlite:///kcs.db"}


def load(environment: dict[str, str], **given_: object) -> Settings:
    return load_settings(environment, given_, managed=NOWHERE)


def test_the_environment_names_everything() -> None:
    settings = load(
        DATABASE
        | {"KCS_PORT": "8443", "KCS_PROEFGEMEENTE": "ja", "KCS_REGISTER_BRP_URL": "https://brp.example"}
        | {"KCS_REGISTER_BRP_TIMEOUT": "2.5"}
    )
    assert (settings.port, settings.proefgemeente) == (8443, True)
    assert (settings.register("brp").url, settings.register("brp").timeout) == ("https://brp.example", 2.5)
    assert settings.register("kvk").url == ""


def test_toml_has_the_same_names_flat_or_in_tables(tmp_path: Path) -> None:
    path = tmp_path / "kcs.toml"
    path.write_text('database_url = "sqlite:///a.db"\nregister_kvk_token = "x"\n[register.kvk]\nurl = "https://kvk"\n')
    settings = load({"KCS_INSTELLINGEN": str(path)})
    assert (settings.register("kvk").url, settings.register("kvk").token) == ("https://kvk", "x")


def test_argv_goes_over_environment_over_file_over_managed_file(tmp_path: Path) -> None:
    managed, own = tmp_path / "managed.toml", tmp_path / "own.toml"
    managed.write_text('database_url = "sqlite:///a.db"\nport = 1\nhost = "127.0.0.1"\nworkers = 1\n')
    own.write_text("port = 2\nworkers = 2\n")
    environment = {"KCS_INSTELLINGEN": str(own), "KCS_PORT": "3"}
    settings = load_settings(environment, {"port": None}, managed=managed)
    assert (settings.port, settings.workers, settings.database_url) == (3, 2, "sqlite:///a.db")
    assert load_settings(environment, {"port": 4}, managed=managed).port == 4


@pytest.mark.parametrize(
    "key",
    [
        "KCS_POORT",
        "KCS_REGISTER_BRP_URI",
        "KCS_REGISTER_BRP_2_URL",
        "KCS_REGISTER_ZAKEN_1_URL",
        "KCS_REGISTER_BESLUITEN_URL",
        "KCS_REGISTERS",
        "KCS_SEAT_SECRET",
        "KCS_INGEBED",
    ],
)
def test_an_unknown_key_is_an_error_that_names_it(key: str) -> None:
    with pytest.raises(InvalidInput, match=key):
        load(DATABASE | {key: "x"})


def test_an_embedded_backend_takes_no_offence_at_the_settings_of_its_seat() -> None:
    seat = {"KCS_WEERGAVE_THEMA": "donker", "KCS_SLOT_MINUTEN": "3", "KCS_BACKEND_URL": "", "KCS_PROFIEL": "/x"}
    assert load(DATABASE | seat) == load(DATABASE)


def test_an_unknown_key_in_a_file_is_named_with_its_file(tmp_path: Path) -> None:
    path = tmp_path / "kcs.toml"
    path.write_text('[register.brp]\nuri = "x"\n')
    with pytest.raises(InvalidInput, match=rf"register_brp_uri in {path}"):
        load(DATABASE | {"KCS_INSTELLINGEN": str(path)})


@pytest.mark.parametrize(
    ("key", "value", "expected"),
    [
        ("KCS_PORT", "acht", "een geheel getal"),
        ("KCS_PROEFGEMEENTE", "misschien", "ja of nee"),
        ("KCS_REGISTER_BRP_TIMEOUT", "lang", "een getal"),
    ],
)
def test_a_wrong_value_says_which_key_and_what_is_expected(key: str, value: str, expected: str) -> None:
    with pytest.raises(InvalidInput, match=f"{key}: verwacht {expected}"):
        load(DATABASE | {key: value})


def test_a_number_in_toml_is_not_taken_for_text(tmp_path: Path) -> None:
    path = tmp_path / "kcs.toml"
    path.write_text("host = 5\n")
    with pytest.raises(InvalidInput, match=r"host in .*: verwacht tekst"):
        load(DATABASE | {"KCS_INSTELLINGEN": str(path)})


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "token"
    secret.write_text("geheim\n")
    assert load(DATABASE | {"KCS_REGISTER_KVK_TOKEN_BESTAND": str(secret)}).register("kvk").token == "geheim"
    with pytest.raises(InvalidInput, match="KCS_HOST_BESTAND"):
        load(DATABASE | {"KCS_HOST_BESTAND": str(secret)})


def test_without_a_database_nothing_starts_and_it_says_what_to_set() -> None:
    with pytest.raises(InvalidInput, match="KCS_DATABASE_URL"):
        load({})


@pytest.mark.parametrize(
    ("host", "own"),
    [
        *((host, True) for host in ("127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost", "LOCALHOST")),
        *((host, False) for host in ("0.0.0.0", "::", "10.0.0.1", "127.0.0.1.evil.example", "")),
    ],
)
def test_loopback_is_this_computer_and_nothing_that_looks_like_it(host: str, own: bool) -> None:
    assert is_loopback_host(host) is own


def test_behind_a_proxy_a_loopback_address_is_reachable_for_others() -> None:
    assert not Settings(database_url="sqlite:///x", achter_proxy=True).is_loopback


@given(st.dictionaries(st.from_regex(r"KCS_[A-Z_]{1,20}", fullmatch=True), st.text(max_size=20), max_size=3))
def test_any_environment_gives_settings_or_a_named_error(environment: dict[str, str]) -> None:
    named = ""
    try:
        load(environment | DATABASE)
    except InvalidInput as error:
        named = error.field
    assert named in {"", *environment}


OIDC = {
    "KCS_OIDC_ISSUER": "https://aanmelden.example",
    "KCS_OIDC_CLIENT_ID": "kcs",
    "KCS_OIDC_ROLMAP": "CN=KCC,OU=Groepen,DC=gemeente=tic,snelbalie; Beheer=beheerder;Beheer=auditor",
}


def test_the_provider_is_off_until_its_issuer_is_given(tmp_path: Path) -> None:
    assert not load(DATABASE).oidc.is_on
    secret = tmp_path / "geheim"
    secret.write_text("s3cret\n")
    oidc = load(DATABASE | OIDC | {"KCS_OIDC_CLIENT_SECRET_BESTAND": str(secret)}).oidc
    assert (oidc.is_on, oidc.client_secret, oidc.respijt) == (True, "s3cret", 60)
    assert oidc.rolmap == {
        "CN=KCC,OU=Groepen,DC=gemeente": ("tic", "snelbalie"),
        "Beheer": ("beheerder", "auditor"),
    }


def test_toml_maps_roles_in_a_table_of_the_provider_s_own_names(tmp_path: Path) -> None:
    path = tmp_path / "kcs.toml"
    path.write_text(
        'database_url = "sqlite:///a.db"\n[oidc]\nissuer = "https://a.example"\nclient_id = "kcs"\nalleen = true\n'
        '[oidc.rolmap]\n"KCC Balie.Team" = "snelbalie"\nbeheer = ["beheerder", "auditor"]\n'
    )
    oidc = load({"KCS_INSTELLINGEN": str(path)}).oidc
    assert oidc.alleen
    assert oidc.rolmap == {"KCC Balie.Team": ("snelbalie",), "beheer": ("beheerder", "auditor")}


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("KCS_OIDC_ISSUER", "http://aanmelden.example"),
        ("KCS_OIDC_ISSUER", "https://naam:woord@aanmelden.example"),
        ("KCS_OIDC_CLIENT_ID", ""),
        ("KCS_OIDC_SCOPES", "profile"),
        ("KCS_OIDC_ROLMAP", ""),
        ("KCS_OIDC_ROLMAP", "Beheer=baas"),
        ("KCS_OIDC_ROLMAP", "Beheer"),
        ("KCS_OIDC_RESPIJT", "-1"),
        ("KCS_OIDC_ROLLEN", "x"),
    ],
)
def test_a_provider_that_cannot_work_is_named_at_the_start(key: str, value: str) -> None:
    with pytest.raises(InvalidInput, match=key):
        load(DATABASE | OIDC | {key: value})


def test_only_the_provider_without_a_provider_lets_nobody_in() -> None:
    with pytest.raises(InvalidInput, match="KCS_OIDC_ALLEEN"):
        load(DATABASE | {"KCS_OIDC_ALLEEN": "true"})


def test_a_provider_on_this_machine_may_speak_plain_http() -> None:
    assert load(DATABASE | OIDC | {"KCS_OIDC_ISSUER": "http://127.0.0.1:9000"}).oidc.is_on


ZAAK = {
    f"KCS_REGISTER_{naam}_URL": f"https://zaak.example/{naam.lower()}/api/v1"
    for naam in ("ZAKEN", "CATALOGI", "DOCUMENTEN")
} | {"KCS_REGISTER_ZAKEN_CLIENT_ID": "kcs"}


def test_zaken_catalogi_and_documenten_share_what_the_zaken_say(tmp_path: Path) -> None:
    secret = tmp_path / "geheim"
    secret.write_text("s3cret\n")
    own = {"KCS_REGISTER_ZAKEN_SECRET_BESTAND": str(secret), "KCS_REGISTER_ZAKEN_BRONORGANISATIE": "002564440"}
    settings = load(DATABASE | ZAAK | own | {"KCS_REGISTER_DOCUMENTEN_CLIENT_ID": "kcs-documenten"})
    found = [settings.register(naam) for naam in ("zaken", "catalogi", "documenten")]
    assert [one.client_id for one in found] == ["kcs", "kcs", "kcs-documenten"]
    assert {one.secret for one in found} == {"s3cret"}
    assert {one.bronorganisatie for one in found} == {"002564440"}


def test_a_second_source_stands_beside_the_first(tmp_path: Path) -> None:
    path = tmp_path / "kcs.toml"
    path.write_text(
        '[register.klantinteracties]\nurl = "https://a"\n[register.klantinteracties.2]\nurl = "https://b"\n'
    )
    settings = load(DATABASE | {"KCS_INSTELLINGEN": str(path)})
    assert settings.register("klantinteracties").url == "https://a"
    assert sources(settings.registers, "klantinteracties") == ["klantinteracties", "klantinteracties_2"]
    assert sources(settings.registers, "brp") == []


@pytest.mark.parametrize(
    ("given_", "key"),
    [
        ({"KCS_REGISTER_ZAKEN_SECRET": ""}, "KCS_REGISTER_ZAKEN_SECRET"),
        ({"KCS_REGISTER_ZAKEN_CLIENT_ID": ""}, "KCS_REGISTER_ZAKEN_CLIENT_ID"),
        ({"KCS_REGISTER_CATALOGI_URL": ""}, "KCS_REGISTER_CATALOGI_URL"),
        ({"KCS_REGISTER_ZAKEN_URL": ""}, "KCS_REGISTER_ZAKEN_URL"),
        ({"KCS_REGISTER_ZAKEN_2_URL": "https://b"}, "KCS_REGISTER_CATALOGI_2_URL"),
        ({"KCS_REGISTER_ZAKEN_BRONORGANISATIE": "123456789"}, "KCS_REGISTER_ZAKEN_BRONORGANISATIE"),
        ({"KCS_REGISTER_ZAKEN_TIMEOUT": "0"}, "KCS_REGISTER_ZAKEN_TIMEOUT"),
        ({"KCS_REGISTER_BRP_SECRET": "x"}, "KCS_REGISTER_BRP_SECRET"),
        ({"KCS_REGISTER_KLANTINTERACTIES_2_URL": "https://b"}, "KCS_REGISTER_KLANTINTERACTIES_URL"),
        (
            {f"KCS_REGISTER_{naam}_2_URL": "https://b" for naam in ("ZAKEN", "CATALOGI")}
            | {"KCS_REGISTER_DOCUMENTEN_2_URL": "https://Zaak.example/documenten/api/v1/"}
            | {"KCS_REGISTER_ZAKEN_2_CLIENT_ID": "kcs", "KCS_REGISTER_ZAKEN_2_SECRET": "s3cret"},
            "KCS_REGISTER_DOCUMENTEN_2_URL",
        ),
    ],
)
def test_registers_that_cannot_work_together_are_named_at_the_start(given_: dict[str, str], key: str) -> None:
    with pytest.raises(InvalidInput, match=key):
        load(DATABASE | ZAAK | {"KCS_REGISTER_ZAKEN_SECRET": "s3cret"} | given_)
