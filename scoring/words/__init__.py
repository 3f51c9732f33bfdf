"""Dates, numbers, names and statuses: how Chinese offices write them, and how we say them."""
