-- one row per ledger of the given uploads, in the order in which they were read
SELECT upload, ledger, unit, quarter, submitted, dated, reported
FROM ledgers
WHERE upload IN (SELECT unnest(CAST(? AS INTEGER[])))
ORDER BY upload, ledger
