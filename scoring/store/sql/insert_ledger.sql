-- one row per ledger: upload, ledger, unit, year, quarter, submitted, dated, reported; its version is the next of the quarter
INSERT INTO ledgers
SELECT
    $1, $2, $3, $4, $5,
    (SELECT count(*) + 1 FROM ledgers WHERE unit = $3 AND year = $4 AND quarter = $5),
    $6, $7, $8
