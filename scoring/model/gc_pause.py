"""Hold the garbage collector back while a workbook is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_collecting() -> Iterator[None]:
    """Keep the collector from walking again and again over a hundred thousand new rows, none of them garbage.

    Afterwards what is new counts as old without a walk (that is what freezing and unfreezing does); the next full
    collection looks at it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            if not gc.get_freeze_count():  # what somebody else froze stays frozen
                gc.freeze()
                gc.unfreeze()
            gc.enable()
