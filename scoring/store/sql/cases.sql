-- one row per row of 工作案例 of the given uploads, in the order in which they were read
SELECT
    upload, ledger, task, title, day, evidence, workbook, sheet, cell, sheet_no, row_no, summary
FROM cases
WHERE upload IN (SELECT unnest(CAST(? AS INTEGER[])))
ORDER BY upload, seq
