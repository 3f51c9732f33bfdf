-- one row per row of the table, of one upload, with all its columns
SELECT * FROM roster WHERE upload = ? ORDER BY seq
