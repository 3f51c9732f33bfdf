-- one row per file that came beside a workbook
INSERT INTO things VALUES (?, ?, ?)
