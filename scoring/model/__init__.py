"""Frozen values that everything else is written in terms of. Nothing here reads, stores or judges."""
