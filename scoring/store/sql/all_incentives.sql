-- one row per row of the table, of the given uploads, with all its columns
SELECT * FROM incentives WHERE upload IN (SELECT unnest(CAST(? AS INTEGER[]))) ORDER BY upload, seq
