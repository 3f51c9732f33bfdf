"""A final board as a package that proves itself: everything that it was made of, and the check on any machine."""
