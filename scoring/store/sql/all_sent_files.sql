-- one row per file of any sending
SELECT sending, position, file_name, sha256, content FROM sent_files ORDER BY sending, position
