"""The look: tokens from a file, turned into palette, fonts, style sheet and icons."""
