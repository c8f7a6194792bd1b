# shellcheck shell=bash
# Shared by installer/start and installer/test: Debian packages, .venv, locked dependencies.
# Sourced, never run. Everything it says is meant for the person at the keyboard, so it is in Dutch.

set -euo pipefail

map=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
slot="$map/installer/requirements.txt"
venv="$map/.venv"

zeg() { printf '%s\n' "$*"; }

fout() {
  printf 'Fout: %s\n' "$*" >&2
  exit 1
}

# installeer_debian PAKKET… : installs what is missing; without the rights to, it prints the one line to run.
installeer_debian() {
  command -v dpkg-query >/dev/null || fout "dit script kent alleen Debian 12 en 13. Zie docs/run-for-a-municipality.md voor andere systemen."
  local nodig=() pakket
  for pakket in "$@"; do
    dpkg-query -W -f='${db:Status-Status}' "$pakket" 2>/dev/null | grep -qx installed || nodig+=("$pakket")
  done
  [ "${#nodig[@]}" -gt 0 ] || return 0
  local als=()
  if [ "$(id -u)" -ne 0 ]; then
    if command -v sudo >/dev/null && { [ -t 0 ] || sudo -n true 2>/dev/null; }; then
      als=(sudo)
    else
      zeg "Er ontbreken Debian-pakketten. Voer als beheerder deze regel uit en start daarna opnieuw:"
      zeg "  apt-get update && apt-get install -y --no-install-recommends ${nodig[*]}"
      exit 1
    fi
  fi
  zeg "Debian-pakketten installeren: ${nodig[*]}"
  local verslag
  verslag=$(mktemp)
  if ! "${als[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q >"$verslag" 2>&1 ||
    ! "${als[@]}" env DEBIAN_FRONTEND=noninteractive \
      apt-get install -y -q --no-install-recommends "${nodig[@]}" >>"$verslag" 2>&1; then
    tail -n 20 "$verslag" >&2
    fout "de Debian-pakketten konden niet worden geïnstalleerd. Het hele verslag: $verslag"
  fi
  rm -f "$verslag"
}

zoek_python() {
  local kandidaat
  for kandidaat in python3 python3.13 python3.12 python3.11 /usr/bin/python3; do
    if command -v "$kandidaat" >/dev/null &&
      "$kandidaat" -c 'import sys, venv, ensurepip; raise SystemExit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
      command -v "$kandidaat"
      return 0
    fi
  done
  return 1
}

# maak_venv venster|alles : the locked dependencies of the product, or those of the tests too.
maak_venv() {
  local soort=$1 stempel="$venv/.kcs-$1" merk python
  merk=$(cat "$slot" "$map/pyproject.toml" | sha256sum | cut -d' ' -f1)
  if [ -x "$venv/bin/kcs-desktop" ] && [ "$(cat "$stempel" 2>/dev/null)" = "$merk $map" ]; then
    return 0
  fi
  python=$(zoek_python) || fout "Python 3.11, 3.12 of 3.13 met venv is niet gevonden."
  [ -x "$venv/bin/python" ] || "$python" -m venv "$venv"
  zeg "Python-pakketten installeren in .venv. De eerste keer duurt dit enkele minuten."
  local lijst
  lijst=$(mktemp)
  # The name must be filled in now, not when the trap runs.
  # shellcheck disable=SC2064
  trap "rm -f '$lijst'" EXIT
  if [ "$soort" = venster ]; then
    sed '/^# === tests only ===$/,$d' "$slot" >"$lijst"
  else
    cp "$slot" "$lijst"
  fi
  "$venv/bin/python" -m pip install -q --disable-pip-version-check --require-hashes --no-deps -r "$lijst" ||
    fout "de Python-pakketten konden niet worden geïnstalleerd. Is er een netwerkverbinding?"
  "$venv/bin/python" -m pip install -q --disable-pip-version-check --no-deps --no-build-isolation -e "$map" ||
    fout "KCS Desktop zelf kon niet in .venv worden gezet."
  rm -f "$lijst"
  # A start runs from bytecode, also where the environment or the folder's owner forbids Python to write it then.
  "$venv/bin/python" -m compileall -q "$map/kcs_desktop" "$map/ui" "$map/plugins" "$map/resources" || true
  printf '%s\n' "$merk $map" >"$stempel"
  # The tests' set holds the product's: after it, a start has nothing left to do.
  if [ "$soort" = alles ]; then printf '%s\n' "$merk $map" >"$venv/.kcs-venster"; fi
}

# Read by the scripts that source this file.
# shellcheck disable=SC2034
debian_venster=(
  python3 python3-venv ca-certificates fonts-inter
  libgl1 libegl1 libxkbcommon0 libfontconfig1 libdbus-1-3 libglib2.0-0
  libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0 libxcb-render-util0
  libxcb-shape0 libxcb-xkb1 libxkbcommon-x11-0 libx11-xcb1
)
# shellcheck disable=SC2034
debian_tests=(xvfb xauth dbus gnome-keyring postgresql git)

# Debian 13 renamed libglib2.0-0; the old name is virtual there and dpkg does not know it.
if apt-cache show libglib2.0-0t64 >/dev/null 2>&1; then
  debian_venster=("${debian_venster[@]/%libglib2.0-0/libglib2.0-0t64}")
fi
