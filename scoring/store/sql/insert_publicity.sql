-- one row per row of 政策宣传, of one workbook or several; a list for each column, in the table's order
INSERT INTO publicity
SELECT
    unnest(CAST(? AS INTEGER[])),
    unnest(CAST(? AS INTEGER[])),
    unnest(CAST(? AS INTEGER[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS DATE[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS INTEGER[])),
    unnest(CAST(? AS INTEGER[]))
