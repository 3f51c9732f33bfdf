-- one row per fact and piece of evidence, of one workbook or several; a list for each column, in the table's order
INSERT INTO evidence
SELECT
    unnest(CAST(? AS INTEGER[])),
    unnest(CAST(? AS INTEGER[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS INTEGER[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[]))
