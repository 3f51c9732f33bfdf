"""From a table to facts: one module for each kind of row."""
