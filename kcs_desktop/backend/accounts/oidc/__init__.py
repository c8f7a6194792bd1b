"""The municipality's OpenID provider as a source of identities. The backend is its client, not the seat."""
