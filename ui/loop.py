"""The one event loop under Qt. qasync is confined to this module, which is itself imported after the first paint.

Closing: the window never quits by itself; who waits for `closing` cancels what runs, and only then the loop ends.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from PySide6.QtWidgets import QApplication

from ui.garbage import collected_here


def run(app: QApplication, main: Callable[[], Awaitable[None]]) -> None:
    """Run `main` to its end on a loop over `app`, then cancel and await every task that is left."""
    import qasync

    app.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(app)
    asyncio.set_event_loop(loop)
    try:
        with collected_here():
            loop.run_until_complete(_main(main))
    finally:
        asyncio.set_event_loop(None)
        loop.close()


async def _main(main: Callable[[], Awaitable[None]]) -> None:
    try:
        await main()
    finally:
        rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in rest:
            task.cancel()
        await asyncio.gather(*rest, return_exceptions=True)
