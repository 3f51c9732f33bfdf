"""State in the URL, who is at the screen, what is cached. No other room keeps state."""
