"""From cells to a table: where the header, labels and rows of a sheet stand, and whose ledger it is."""
