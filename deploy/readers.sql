-- Run by the database's first start, before the app makes its tables: the role that sees the Chinese views only.
-- Nobody may log in as it until somebody says: ALTER ROLE assessment_reader LOGIN PASSWORD '...';
CREATE ROLE assessment_reader;
