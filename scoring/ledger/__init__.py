"""Read ledgers as people send them, write the blank one, and give a sender's own file back with its problems marked."""
