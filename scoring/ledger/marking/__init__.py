"""Give a sender the workbook back with its problems marked."""
