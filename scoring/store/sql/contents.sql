-- one row per upload, with what its hash and its event are checked against
SELECT upload, sha256, content FROM uploads ORDER BY upload
