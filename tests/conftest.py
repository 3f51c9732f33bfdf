"""What all tests share: hypothesis never fails because a machine is busy; speed is measured in benchmarks/."""

import os

import pytest
from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.register_profile("few", deadline=None, max_examples=8, derandomize=True)  # for mutants
settings.load_profile("unhurried")


@pytest.hookimpl(optionalhook=True)  # mutmut runs without xdist
def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Use one worker more than there are processors: tests in a browser mostly wait."""
    return (os.cpu_count() or 1) + 1
