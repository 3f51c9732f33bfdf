-- one row per table of the open database
SELECT table_name FROM information_schema.tables
WHERE table_catalog = current_database() AND table_schema = current_schema() AND table_type = 'BASE TABLE'
