-- one row: a file of an objection by its SHA-256
SELECT file_name, content FROM objection_files WHERE objection = ? AND sha256 = ? ORDER BY position LIMIT 1
