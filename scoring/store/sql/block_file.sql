-- at most one row: the number of a file that is kept in blocks
SELECT file FROM block_files WHERE sha256 = ?
