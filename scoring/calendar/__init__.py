"""Working days and the clock: the only places that know holidays and the present moment."""
