-- one row per file of a sending, in the order in which it was sent
SELECT file_name, sha256, content FROM sent_files WHERE sending = ? ORDER BY position
