-- one row per version of the schema
INSERT INTO schema_versions VALUES (?, ?, ?)
