"""The seat's sign-in: the keyring, the key of each employee, the session and its lock."""
