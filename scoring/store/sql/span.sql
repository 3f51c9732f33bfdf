-- one row: the moments of the first and of the newest event; empty where there is none
SELECT min(happened_at), max(happened_at) FROM events
