"""Find the plugins and read their manifests; nothing of a plugin but its manifest is imported here.

Built-in tabs come through the same entry points as anybody else's. Must not know Qt.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol

import msgspec

from kcs_desktop.domain.rechten import Recht
from ui.manifest import Manifest

if TYPE_CHECKING:
    from kcs_desktop.sdk import Sessie
    from ui.commands.registry import CommandRegistry

GROUP = "kcs_desktop.plugins.v1"


class PluginError(ValueError):
    """A plugin that cannot be used; the message says what is wrong with it."""


class Plugin(msgspec.Struct, frozen=True):
    """A plugin that was found. `fout` is filled when it is switched off; then `manifest` may be missing."""

    naam: str
    manifest: Manifest | None = None
    fout: str = ""

    @property
    def titel(self) -> str:
        return self.manifest.titel if self.manifest is not None else self.naam


class Entry(Protocol):
    """What an entry point says of a plugin; `importlib.metadata.EntryPoint` is one."""

    @property
    def name(self) -> str: ...

    @property
    def value(self) -> str: ...

    def load(self) -> Any: ...


class InstalledEntry(msgspec.Struct, frozen=True):
    """An entry point of an installed distribution."""

    name: str
    value: str

    def load(self) -> Any:
        module, _, name = self.value.partition(":")
        return getattr(import_module(module.strip()), name.strip())


def installed_entries(folders: Sequence[str] | None = None) -> Iterator[InstalledEntry]:
    """The entry points of our group, read from the files that installers write beside the packages.

    `importlib.metadata` says the same, but loads the e-mail, socket and zip libraries for it before the first paint.
    As there, the first distribution of a name on the path hides the later ones.
    """
    seen: set[str] = set()
    for folder in sys.path if folders is None else folders:
        try:
            names = sorted(os.listdir(folder or "."))
        except OSError:  # an archive, or a place on the path that does not exist
            continue
        for name in names:
            stem, dot, _ = name.rpartition(".dist-info")
            distribution = stem.partition("-")[0].lower()
            if not dot or distribution in seen:
                continue
            seen.add(distribution)
            try:
                with open(os.path.join(folder, name, "entry_points.txt"), "rb", buffering=0) as file:
                    content = file.read()
            except OSError:
                continue
            if GROUP.encode() in content:
                yield from _entries_of(content.decode("utf-8", "replace"))


def _entries_of(text: str) -> Iterator[InstalledEntry]:
    section = ""
    for line in map(str.strip, text.splitlines()):
        if line.startswith("["):
            section = line.strip("[] ")
        elif section == GROUP and "=" in line and not line.startswith(("#", ";")):
            name, _, value = line.partition("=")
            yield InstalledEntry(name.strip(), value.partition("[")[0].strip())


def discover(entries: Iterable[Entry] | None = None) -> tuple[Plugin, ...]:
    """Every plugin, in rail order; one that cannot be read comes last, with its reason."""
    found = [_read(entry) for entry in (installed_entries() if entries is None else entries)]
    return tuple(sorted(found, key=lambda p: (p.manifest is None, p.manifest.volgorde if p.manifest else 0, p.naam)))


def register_all(plugins: Sequence[Plugin], registry: CommandRegistry) -> tuple[Plugin, ...]:
    """Register the commands of each; a plugin whose commands clash comes back switched off."""
    result: list[Plugin] = []
    seen: set[str] = set()
    for plugin in plugins:
        manifest = plugin.manifest
        if manifest is None or plugin.fout:
            result.append(plugin)
            continue
        try:
            if manifest.id in seen:
                raise PluginError(f'er is al een tab "{manifest.id}"')
            registry.register(manifest.id, manifest.commands)
        except ValueError as error:
            result.append(msgspec.structs.replace(plugin, fout=str(error)))
            continue
        seen.add(manifest.id)
        result.append(plugin)
    return tuple(result)


def visible(plugins: Iterable[Plugin], sessie: Sessie | None) -> tuple[Plugin, ...]:
    """Those this sign-in may see; failed ones stay in sight."""
    return tuple(p for p in plugins if p.manifest is None or may_see(p.manifest, sessie))


def expected(plugins: Iterable[Plugin], functies: Container[str]) -> tuple[Plugin, ...]:
    """Before anybody signed in: those that the last one here could see, so that the rail does not jump after."""
    return tuple(p for p in plugins if p.manifest is None or _is_for(p.manifest, lambda functie: functie in functies))


def may_see(manifest: Manifest, sessie: Sessie | None) -> bool:
    """Whether this sign-in may do any part of the tab."""
    return _is_for(manifest, lambda functie: sessie is not None and sessie.mag(functie, Recht.RAADPLEGEN))


def _is_for(manifest: Manifest, may: Callable[[str], bool]) -> bool:
    return not manifest.functies or any(map(may, manifest.functies))


def resolve(target: str) -> Any:
    """The object that "module:name" names. Raises PluginError when it is not there."""
    module, _, name = target.partition(":")
    try:
        return getattr(import_module(module), name)
    except (ImportError, AttributeError) as error:
        raise PluginError(f"{target} is niet te laden: {error}") from error


def _read(entry: Entry) -> Plugin:
    try:
        manifest = entry.load()
    except Exception as error:  # noqa: BLE001 -- code of others: whatever it raises switches off that plugin alone
        return Plugin(entry.name, fout=f"{type(error).__name__}: {error}")
    if not isinstance(manifest, Manifest):
        return Plugin(entry.name, fout=f"{entry.value} is geen Manifest")
    return Plugin(entry.name, manifest)
