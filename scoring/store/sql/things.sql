-- one row per file that came beside a workbook
SELECT sha256, content FROM things ORDER BY sha256
