-- one row per year of a ledger in a workbook
SELECT upload, year FROM upload_years WHERE upload = ? ORDER BY year
