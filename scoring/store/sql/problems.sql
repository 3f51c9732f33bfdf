-- one row per problem of the given uploads, in the order in which they were read
SELECT
    upload, severity, code, workbook, sheet, cell, value, message
FROM problems
WHERE upload IN (SELECT unnest(CAST(? AS INTEGER[])))
ORDER BY upload, seq
