-- one row per upload, year of a ledger in it
INSERT INTO upload_years VALUES (?, ?, ?)
