-- one row per file of a sending, in the order in which it was sent
SELECT file_name, content FROM sent_files WHERE sending = ? ORDER BY position
