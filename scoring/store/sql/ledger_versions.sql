-- one row per unit, year, quarter, version of the uploads received by a moment, as things stood then; of one year
-- and of one workbook's SHA-256 where they are given
SELECT
    unit, year, quarter, version, submitted, dated, reported, upload, sha256, file_name, received_at, actor,
    coalesce((
        SELECT arg_max(kind, number) = 'withdraw_upload' FROM events
        WHERE kind IN ('withdraw_upload', 'restore_upload') AND happened_at <= $1 AND subject = sha256
    ), false)
FROM ledgers
JOIN uploads USING (upload)
WHERE received_at <= $1 AND (CAST($2 AS INTEGER) IS NULL OR year = $2) AND (CAST($3 AS VARCHAR) IS NULL OR sha256 = $3)
ORDER BY unit, year, quarter, version
