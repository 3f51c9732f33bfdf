"""The command line: score, check and template, without the pages and the database."""
