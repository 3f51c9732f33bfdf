-- at most one row: a workbook as it was sent
SELECT file_name, content FROM uploads WHERE sha256 = ?
