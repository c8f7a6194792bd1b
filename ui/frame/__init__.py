"""The window around the tabs: rail, top bar, slots, toasts and windows of their own."""
