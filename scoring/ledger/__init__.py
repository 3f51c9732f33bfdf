"""From cells to facts: read ledgers as people send them, write the blank one, mark a sender's own file."""
