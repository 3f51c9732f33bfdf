-- one row per ledger of the given uploads, with the columns that are hashed; years are checked against the event by themselves
SELECT upload, ledger, unit, quarter, version, submitted, dated, reported
FROM ledgers
WHERE upload IN (SELECT unnest(CAST(? AS INTEGER[])))
ORDER BY upload, ledger
