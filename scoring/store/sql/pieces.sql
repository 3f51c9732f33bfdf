-- one row per piece of a file, in order
SELECT content FROM pieces WHERE sha256 = ? ORDER BY piece
