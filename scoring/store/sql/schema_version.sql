-- one row: the schema's version
SELECT coalesce(max(version), 0) FROM schema_versions
