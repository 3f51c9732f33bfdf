"""What is dear to make and the same for all tests is made once for all processes of a run."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from tempfile import mkdtemp

VARIABLE = "KUNMING_TESTS_SHARED"


def made_once(name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder, filled by the function unless a process of this run has filled it; nobody may write into it."""
    root = Path(os.environ[VARIABLE])
    folder = root / sha256(name.encode()).hexdigest()
    if not folder.exists():
        begun = Path(mkdtemp(dir=root))
        make(begun)
        with suppress(OSError):  # another process was faster
            begun.rename(folder)
    return folder
