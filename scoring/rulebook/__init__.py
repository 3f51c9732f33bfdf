"""Rules text to a checked rulebook: reading, checks, the difference of two, names of units, policies."""
