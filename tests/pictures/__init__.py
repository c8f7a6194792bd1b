"""Pictures of the real window with the proefgemeente, for looking and for the README."""
