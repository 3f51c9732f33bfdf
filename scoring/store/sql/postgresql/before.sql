-- What the schema and the queries use of DuckDB, said once for PostgreSQL. Run once, before the schema's own files.

-- the text at one key of a JSON object ('$.key'); NULL where it is missing or null
CREATE FUNCTION json_extract_string(document text, path text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS 'SELECT CAST(document AS json) ->> substr(path, 3)';

-- a text as a number with four places; NULL where it is none
CREATE FUNCTION number_or_null(said text) RETURNS numeric
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE
AS 'BEGIN RETURN CAST(said AS numeric(18, 4)); EXCEPTION WHEN data_exception THEN RETURN NULL; END';
