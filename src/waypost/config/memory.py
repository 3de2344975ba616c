"""How a process that serves pages keeps its memory, once it has started."""

from __future__ import annotations

import gc

NEW = 50_000  # things made before the collector looks through them: a large page or file makes them by the ten thousand
OLDER, OLDEST = 20, 50


def settle() -> None:
    """What the start made stays: no collection need look through it again, nor often through what a page makes."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(NEW, OLDER, OLDEST)
