"""The blank ledger that a unit fills in."""
