-- one row per unit of whom a workbook holds a ledger, by the workbook's SHA-256
SELECT DISTINCT unit FROM ledgers JOIN uploads USING (upload) WHERE sha256 = ? ORDER BY unit
