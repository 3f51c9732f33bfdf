-- one row per upload, its size in bytes
INSERT INTO upload_sizes VALUES (?, ?)
