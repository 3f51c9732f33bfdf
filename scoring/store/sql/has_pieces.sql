-- at most one row: whether a file is kept in pieces
SELECT 1 FROM pieces WHERE sha256 = ? LIMIT 1
