"""The calls that differ per operating system: locking a file for this process, and ending another process."""

from __future__ import annotations

import os
import signal
import sys

# Beyond what is ever written: on Windows a locked byte cannot be read by others, and they must read who holds it.
_LOCKED_BYTE = 1 << 20

if sys.platform == "win32":
    import msvcrt

    def lock_file(greep: int) -> bool:
        """Lock it until this process lets go or ends; False when another process has it.

        Raises OSError on a disk that knows no locks.
        """
        os.lseek(greep, _LOCKED_BYTE, os.SEEK_SET)
        try:
            msvcrt.locking(greep, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

    def end_process(nummer: int) -> None:
        """End it at once; raises OSError when it is not there or not ours."""
        os.kill(nummer, signal.SIGTERM)

else:
    import fcntl

    def lock_file(greep: int) -> bool:
        """Lock it until this process lets go or ends; False when another process has it.

        Raises OSError on a disk that knows no locks.
        """
        try:
            fcntl.flock(greep, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return _lock_range(greep)
        return True

    def _lock_range(greep: int) -> bool:
        """The older kind, which some network disks know alone; it is also the kind that the stores use."""
        try:
            fcntl.lockf(greep, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):  # which of the two differs per system
            return False
        return True

    def end_process(nummer: int) -> None:
        """End it at once; raises OSError when it is not there or not ours."""
        os.kill(nummer, signal.SIGKILL)
