"""What all tests share: hypothesis never fails because a machine is busy; speed is measured in benchmarks/."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.register_profile("few", deadline=None, max_examples=8, derandomize=True)  # for mutants
settings.load_profile("unhurried")
