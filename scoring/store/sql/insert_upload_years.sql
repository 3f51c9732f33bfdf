-- one row per upload, year of a ledger in it; a list for each column
INSERT INTO upload_years
SELECT
    unnest(CAST(? AS INTEGER[])),
    unnest(CAST(? AS INTEGER[])),
    unnest(CAST(? AS BOOLEAN[]))
