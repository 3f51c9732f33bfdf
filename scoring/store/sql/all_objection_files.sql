-- one row per file of any objection
SELECT objection, position, file_name, sha256, content FROM objection_files ORDER BY objection, position
