"""Accounts, sign-in, sessions and application tokens: who may be here. What they may do is `domain.rechten`."""
