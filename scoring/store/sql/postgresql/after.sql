-- Indexes that DuckDB does without, as it scans columns, and what others may read. Run after the schema's own files.

CREATE INDEX IF NOT EXISTS events_by_kind ON events (kind, number);
CREATE INDEX IF NOT EXISTS events_by_moment ON events (happened_at);
CREATE INDEX IF NOT EXISTS uploads_by_moment ON uploads (received_at);
CREATE INDEX IF NOT EXISTS upload_years_by_year ON upload_years (year);
CREATE INDEX IF NOT EXISTS evidence_by_thing ON evidence (sha256);
CREATE INDEX IF NOT EXISTS blocks_by_file ON blocks (file);
CREATE INDEX IF NOT EXISTS board_writes_by_board ON board_writes (board_key);

-- 'assessment_reader' sees the Chinese views and nothing else
DO '
BEGIN
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = ''assessment_reader'') THEN
        EXECUTE format(''GRANT USAGE ON SCHEMA %I TO assessment_reader'', current_schema());
        GRANT SELECT ON 得分, 评分项, 台账, 认定, 报装 TO assessment_reader;
    END IF;
END';
