"""What all tests share: hypothesis never fails because a machine is busy; speed is measured in benchmarks/."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
