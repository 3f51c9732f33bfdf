-- one row per ledger of one workbook or several; a list for each column but the version, which is the next of the quarter
INSERT INTO ledgers
SELECT
    upload, ledger, unit, year, quarter,
    (
        SELECT count(*)
        FROM ledgers AS earlier
        WHERE earlier.unit = added.unit AND earlier.year = added.year AND earlier.quarter = added.quarter
    ) + row_number() OVER (PARTITION BY unit, year, quarter ORDER BY upload, ledger),
    submitted, dated, reported
FROM (
    SELECT
        unnest(CAST(? AS INTEGER[])) AS upload,
        unnest(CAST(? AS INTEGER[])) AS ledger,
        unnest(CAST(? AS VARCHAR[])) AS unit,
        unnest(CAST(? AS INTEGER[])) AS year,
        unnest(CAST(? AS INTEGER[])) AS quarter,
        unnest(CAST(? AS DATE[])) AS submitted,
        unnest(CAST(? AS BOOLEAN[])) AS dated,
        unnest(CAST(? AS BOOLEAN[])) AS reported
) AS added
