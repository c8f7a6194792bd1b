"""Building blocks that every place of the window shares; each paints itself from the theme's tokens."""
