-- one row per row of 激励加分, of one workbook or several; a list for each column, in the table's order
INSERT INTO incentives
SELECT
    unnest(CAST(? AS INTEGER[])),
    unnest(CAST(? AS INTEGER[])),
    unnest(CAST(? AS INTEGER[])),
    unnest(CAST(? AS INTEGER[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS DECIMAL(9, 2)[])),
    unnest(CAST(? AS DECIMAL(9, 2)[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS INTEGER[])),
    unnest(CAST(? AS INTEGER[]))
