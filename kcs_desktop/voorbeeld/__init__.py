"""Shows what a document looks like without trusting it: a limited child process draws, the seat only gets pixels.

`kind` is that child and imports nothing of ours; `tekenaar` starts it, asks it and ends it; `tekst` reads plain text.
"""
