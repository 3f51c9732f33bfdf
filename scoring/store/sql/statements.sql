-- one row per row of 工作落实 and clause that it speaks of, of the given uploads, in the order in which they were read
SELECT
    upload, ledger, clause, status, done_on, quantity, evidence, workbook, sheet, cell, sheet_no, row_no,
    matched_by, wording, said
FROM statements
WHERE upload IN (SELECT unnest(CAST(? AS INTEGER[])))
ORDER BY upload, seq
