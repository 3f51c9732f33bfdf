-- one row per ledger of the given uploads, in the order in which they were read; of one year where a year is given
SELECT upload, ledger, unit, year, quarter, submitted, dated, reported
FROM ledgers
WHERE upload IN (SELECT unnest(CAST($1 AS INTEGER[]))) AND (CAST($2 AS INTEGER) IS NULL OR year = $2)
ORDER BY upload, ledger
