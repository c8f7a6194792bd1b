"""The contact panel: the note from the first second, and finishing without another screen."""
