-- one row per file of an objection
INSERT INTO objection_files VALUES (?, ?, ?, ?, ?)
