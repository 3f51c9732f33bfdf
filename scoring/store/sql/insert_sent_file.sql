-- one row per file of a sending
INSERT INTO sent_files VALUES (?, ?, ?, ?, ?)
