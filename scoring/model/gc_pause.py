"""Keep the garbage collector off what stays: what start-up made, and the rows of a workbook while it is read."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


class Frozen:
    """Whether this process has frozen what it keeps: once. To ask ``gc.get_freeze_count`` is to walk over all of it."""

    done = False


def keep_all() -> None:
    """Keep what there is by now out of every later garbage collection, the first time it is asked."""
    if not Frozen.done:
        Frozen.done = True
        gc.collect()
        gc.freeze()


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
            if not Frozen.done:  # what is frozen stays frozen
                gc.freeze()
                gc.unfreeze()
            gc.enable()
