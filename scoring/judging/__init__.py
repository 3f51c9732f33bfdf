"""From facts to a board: assess every clause, rulings on top, ranks, punctuality."""
