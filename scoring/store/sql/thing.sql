-- at most one row: a file that came beside a workbook, as it was sent
SELECT content FROM things WHERE sha256 = ?
