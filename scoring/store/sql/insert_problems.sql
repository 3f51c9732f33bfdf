-- one row per problem, all of one workbook; a list for each column, in the table's order
INSERT INTO problems
SELECT
    CAST(? AS INTEGER),
    unnest(CAST(? AS INTEGER[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[])),
    unnest(CAST(? AS VARCHAR[]))
