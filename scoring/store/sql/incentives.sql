-- one row per row of 激励加分 of the given uploads, in the order in which they were read
SELECT
    upload, ledger, task, title, claimed, awarded, basis, workbook, sheet, cell, sheet_no, row_no
FROM incentives
WHERE upload IN (SELECT unnest(CAST(? AS INTEGER[])))
ORDER BY upload, seq
