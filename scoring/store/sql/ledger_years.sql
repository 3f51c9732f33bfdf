-- one row per upload, ledger: its unit, year and quarter
SELECT upload, unit, year, quarter FROM ledgers ORDER BY upload, ledger
