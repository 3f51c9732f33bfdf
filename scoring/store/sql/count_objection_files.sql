-- one row: how many files an objection has
SELECT count(*) FROM objection_files WHERE objection = ?
