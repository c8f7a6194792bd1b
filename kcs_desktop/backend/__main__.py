"""Entry point of `kcs-backend`."""

from __future__ import annotations

import os
import sys

from kcs_desktop.backend.cli import run


def main() -> None:
    """Run the command line and exit with its code.

    Whatever it writes (a SQLite database with its journals, a restored one) is for the account it runs under only.
    """
    os.umask(0o077)
    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
