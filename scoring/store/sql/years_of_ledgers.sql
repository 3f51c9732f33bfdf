-- one row per assessment year of which some ledger was ever stored
SELECT DISTINCT year FROM ledgers ORDER BY year
