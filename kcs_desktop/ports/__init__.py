"""The use cases of a seat as protocols, one module per noun. Plugins and the window take them from `kcs_desktop.sdk`.

All methods are called on the seat's one event loop; none blocks it.
"""
