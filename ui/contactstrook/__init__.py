"""The contact strip: every open contact, switched with one key."""
