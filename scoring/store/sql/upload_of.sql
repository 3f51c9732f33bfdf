-- at most one row: the upload of a workbook's SHA-256
SELECT upload FROM uploads WHERE sha256 = ?
