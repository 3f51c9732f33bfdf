-- one row per row of the table, of one upload, with all its columns
SELECT * FROM evidence WHERE upload = ? ORDER BY seq
