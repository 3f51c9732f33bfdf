"""LibreOffice as a reader that was not there when a document was made."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest


def convert(data: bytes, suffix: str, to: str, folder: Path) -> Path:
    """Have LibreOffice open a document and save it as another kind; skip where it is not installed, except in CI."""
    program = shutil.which("soffice")
    if program is None:
        if os.environ.get("CI"):
            pytest.fail("soffice is not installed")
        pytest.skip("soffice is not installed")
    source = folder / f"document.{suffix}"
    source.write_bytes(data)
    out = folder / "converted"
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [program, profile, "--headless", "--convert-to", to, "--outdir", str(out), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    made = out / f"document.{to}"
    assert made.exists(), done.stdout + done.stderr
    return made
