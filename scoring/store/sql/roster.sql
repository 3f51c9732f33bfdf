-- one row per row of 企业全量名单 of the given uploads, in the order in which they were read
SELECT
    upload, ledger, enterprise, project_class, accepted, connected, deducted_days, workbook, sheet, cell,
    header_workbook, header_sheet, header_cell, sheet_no, row_no, credit_code, project_type, stated_days,
    steps, materials, fee
FROM roster
WHERE upload IN (SELECT unnest(CAST(? AS INTEGER[])))
ORDER BY upload, seq
