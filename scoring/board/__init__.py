"""What a board amounts to, and how boards are worded: summary, red and black lists, wording."""
