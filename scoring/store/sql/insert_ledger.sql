-- one row per ledger: upload, ledger, unit, quarter, submitted, dated, reported; its version is the next of the quarter
INSERT INTO ledgers
SELECT
    $1, $2, $3, $4,
    (SELECT count(*) + 1 FROM ledgers WHERE unit = $3 AND quarter = $4),
    $5, $6, $7
