"""What the scoring says of a few made-up worlds, word for word: every change of judgement, proof or wording shows here."""
