-- one row per board, unit, all of one board; a list for each column, in the table's order
INSERT INTO scores
SELECT
    ?,
    unnest(CAST(? AS INTEGER[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS INTEGER[])),
    unnest(CAST(? AS DECIMAL(6, 2)[])),
    unnest(CAST(? AS DECIMAL(6, 2)[])),
    unnest(CAST(? AS DECIMAL(6, 2)[])),
    unnest(CAST(? AS DECIMAL(6, 2)[])),
    unnest(CAST(? AS DECIMAL(6, 2)[])),
    unnest(CAST(? AS DECIMAL(6, 2)[])),
    unnest(CAST(? AS DECIMAL(6, 2)[])),
    unnest(CAST(? AS BOOLEAN[]))
