"""Ctrl-C and SIGTERM as an event, on every system."""

import asyncio
import signal


def told_to_stop() -> asyncio.Event:
    """An event of the running loop that is set when a signal to stop comes."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for sign in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(sign, stop.set)
        except NotImplementedError:  # Windows
            signal.signal(sign, lambda *_: loop.call_soon_threadsafe(stop.set))
    return stop
