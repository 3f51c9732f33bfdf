-- one row per problem, of one workbook or several; a list for each column, in the table's order
INSERT INTO problems
SELECT
    unnest(CAST(? AS INTEGER[])),
    unnest(CAST(? AS INTEGER[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[]))
