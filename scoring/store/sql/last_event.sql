-- at most one row: the newest event
SELECT number, happened_at, chain FROM events ORDER BY number DESC LIMIT 1
