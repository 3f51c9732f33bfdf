-- one row per ledger of one upload, with the columns that are hashed; years are checked against the event by themselves
SELECT upload, ledger, unit, quarter, version, submitted, dated, reported FROM ledgers WHERE upload = ? ORDER BY ledger
