"""What asks: upload, ruling, what-if, signing."""
