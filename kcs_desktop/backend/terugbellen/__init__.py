"""Callback notes as work: what the standard's internetaak cannot hold, the worklists, and the guard over promises."""
