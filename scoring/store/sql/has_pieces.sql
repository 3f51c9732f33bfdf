-- at most one row: whether a file is kept in pieces or blocks
SELECT 1 FROM block_files WHERE sha256 = ?
UNION ALL
(SELECT 1 FROM pieces WHERE sha256 = ? LIMIT 1)
