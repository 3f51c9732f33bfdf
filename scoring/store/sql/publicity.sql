-- one row per row of 政策宣传 of the given uploads, in the order in which they were read
SELECT
    upload, ledger, title, media, level, day, link, workbook, sheet, cell, sheet_no, row_no
FROM publicity
WHERE upload IN (SELECT unnest(CAST(? AS INTEGER[])))
ORDER BY upload, seq
