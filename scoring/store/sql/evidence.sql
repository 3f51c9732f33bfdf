-- one row per fact and piece of evidence of the given uploads, in order
SELECT upload, fact_table, fact, kind, name, sha256, workbook, sheet, cell, part, found_by
FROM evidence
WHERE upload IN (SELECT unnest(CAST(? AS INTEGER[])))
ORDER BY upload, seq
