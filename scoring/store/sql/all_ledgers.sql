-- one row per row of the table, of one upload, with all its columns
SELECT * FROM ledgers WHERE upload = ? ORDER BY ledger
