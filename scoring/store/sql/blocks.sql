-- one row per block of a file, in order
SELECT content FROM blocks WHERE file = ? ORDER BY place
