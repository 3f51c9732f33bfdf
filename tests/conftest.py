"""What all tests share: hypothesis never fails because a machine is busy; speed is measured in benchmarks/."""

import gc
import os
import sys
from collections.abc import Generator
from shutil import rmtree
from tempfile import mkdtemp

import pytest
from hypothesis import settings

from scoring.model.gc_pause import keep_all
from tests import shared

# Apps, commands and workers are started hundreds of times: let them all keep what they compiled.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

settings.register_profile("unhurried", deadline=None, max_examples=20)
settings.register_profile("few", deadline=None, max_examples=8, derandomize=True)  # for mutants
settings.load_profile("unhurried")


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """Make no garbage collection walk over what is imported and collected: neither while it is made nor ever after."""
    gc.disable()
    try:
        return (yield)
    finally:
        keep_all()
        gc.enable()


def pytest_configure(config: pytest.Config) -> None:
    """Begin the folder of what the processes of a run share."""
    if shared.VARIABLE not in os.environ:  # the first process, whose variables all others inherit
        os.environ[shared.VARIABLE] = folder = mkdtemp(prefix="kunming_tests_")
        config.add_cleanup(lambda: rmtree(folder, ignore_errors=True))
        config.add_cleanup(lambda: os.environ.pop(shared.VARIABLE, None))


@pytest.hookimpl(optionalhook=True)  # mutmut runs without xdist
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Use two workers more than there are processors: tests in a browser mostly wait."""
    return (os.cpu_count() or 1) + 2
