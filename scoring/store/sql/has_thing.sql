-- at most one row: whether a file is kept
SELECT 1 FROM things WHERE sha256 = ?
