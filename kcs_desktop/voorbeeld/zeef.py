"""What the child that draws may still ask of the Linux kernel: memory, time, its two pipes and its end; nothing else.

A seccomp filter, set once and for good. `kind` runs this file by its path; it imports nothing of ours.
"""

from __future__ import annotations

import ctypes
import errno
import platform
import struct
import sys
from collections.abc import Mapping
from typing import NamedTuple


class Machine(NamedTuple):
    """The kernel's word for it, and its numbers of the calls that drawing needs."""

    arch: int
    toegestaan: Mapping[str, int]
    eigen: int  # prlimit64, which would lower the limits of the seat as well


_X86_64 = {
    "read": 0, "write": 1, "close": 3, "fstat": 5, "lseek": 8, "mmap": 9, "mprotect": 10, "munmap": 11, "brk": 12,
    "rt_sigaction": 13, "rt_sigprocmask": 14, "rt_sigreturn": 15, "readv": 19, "writev": 20, "sched_yield": 24,
    "mremap": 25, "madvise": 28, "getpid": 39, "exit": 60, "gettimeofday": 96, "getrusage": 98, "times": 100,
    "sigaltstack": 131, "gettid": 186, "futex": 202, "restart_syscall": 219, "clock_gettime": 228, "clock_getres": 229,
    "exit_group": 231, "getrandom": 318,
}  # fmt: skip
_AARCH64 = {
    "close": 57, "lseek": 62, "read": 63, "write": 64, "readv": 65, "writev": 66, "fstat": 80, "exit": 93,
    "exit_group": 94, "futex": 98, "clock_gettime": 113, "clock_getres": 114, "sched_yield": 124,
    "restart_syscall": 128, "sigaltstack": 132, "rt_sigaction": 134, "rt_sigprocmask": 135, "rt_sigreturn": 139,
    "times": 153, "getrusage": 165, "gettimeofday": 169, "getpid": 172, "gettid": 178, "brk": 214, "munmap": 215,
    "mremap": 216, "mmap": 222, "mprotect": 226, "madvise": 233, "getrandom": 278,
}  # fmt: skip
MACHINES = {
    "x86_64": Machine(0xC000003E, _X86_64, 302),
    "aarch64": Machine(0xC00000B7, _AARCH64, 261),
}

# linux/bpf_common.h: load a word of the call, go on by it, give the verdict.
_LOAD, _IF_EQUAL, _VERDICT = 0x20, 0x15, 0x06
# linux/seccomp.h: where the words of `seccomp_data` stand. Of an argument both machines have the low half first.
_NUMBER, _ARCH, _FIRST = 0, 4, 16
_ALLOW, _REFUSE = 0x7FFF0000, 0x00050000 | errno.EPERM
# linux/prctl.h
_SET_SECCOMP, _FILTER, _SET_NO_NEW_PRIVS = 22, 2, 38


class _Step(NamedTuple):
    """One instruction; `yes` and `no` are the verdict after a test, None where the next step follows."""

    code: int
    value: int
    yes: int | None = None
    no: int | None = None


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def refuse_the_rest() -> bool:
    """From here on the kernel refuses this process (EPERM) whatever drawing does not need.

    False, and nothing changed that matters, on another system or machine, or where the kernel takes no filter.
    """
    machine = _machine()
    if machine is None:
        return False
    code = _program(machine)
    program = _Program(len(code) // 8, code)
    prctl = ctypes.CDLL(None).prctl
    prctl.argtypes = (ctypes.c_int, *[ctypes.c_ulong] * 4)
    if prctl(_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return False
    return bool(prctl(_SET_SECCOMP, _FILTER, ctypes.addressof(program), 0, 0) == 0)


def _machine() -> Machine | None:
    if sys.platform != "linux" or sys.maxsize < 2**32:  # a program of 32 bits calls by other numbers
        return None
    return MACHINES.get(platform.machine())


def _program(machine: Machine) -> bytes:
    """Calls of another architecture than the program's own are refused: the same numbers mean something else there."""
    steps = [
        _Step(_LOAD, _ARCH),
        _Step(_IF_EQUAL, machine.arch, no=_REFUSE),
        _Step(_LOAD, _NUMBER),
        *(_Step(_IF_EQUAL, number, yes=_ALLOW) for number in machine.toegestaan.values()),
        _Step(_IF_EQUAL, machine.eigen, no=_REFUSE),
        _Step(_LOAD, _FIRST),
        _Step(_IF_EQUAL, 0, yes=_ALLOW),  # this process
    ]
    verdicts = (_REFUSE, _ALLOW)  # behind the steps, in this order
    code = b""
    for at, step in enumerate(steps, 1):
        yes, no = (0 if to is None else len(steps) - at + verdicts.index(to) for to in (step.yes, step.no))
        code += struct.pack("=HBBI", step.code, yes, no, step.value)
    return code + b"".join(struct.pack("=HBBI", _VERDICT, 0, 0, verdict) for verdict in verdicts)
