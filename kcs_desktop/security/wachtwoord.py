"""Checks the employee's password without the backend, to end the lock while there is no connection.

The verifier is an argon2id hash and lives in the encrypted file of the work only. It goes with the session.
"""

from __future__ import annotations


def make_verifier(wachtwoord: str) -> str:
    """Slow on purpose (some 50 ms): run it on a worker thread."""
    from argon2 import PasswordHasher

    return PasswordHasher().hash(wachtwoord)


def matches(verifier: str, wachtwoord: str) -> bool:
    """Whether this is the password; False for a verifier that is none. Slow on purpose."""
    from argon2 import PasswordHasher
    from argon2.exceptions import InvalidHashError, VerificationError

    try:
        return PasswordHasher().verify(verifier, wachtwoord)
    except (VerificationError, InvalidHashError):
        return False
