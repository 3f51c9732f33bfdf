-- one row: an upload by its number, as ``uploads`` lists it
SELECT
    upload, sha256, file_name, received_at, actor, reason, rules, size, rows_read, rows_kept_out, left_alone,
    (SELECT count(*) FROM problems WHERE upload = $1 AND severity = 'error'),
    (SELECT count(*) FROM problems WHERE upload = $1 AND severity = 'warning'),
    coalesce((
        SELECT arg_max(kind, number) = 'withdraw_upload' FROM events
        WHERE kind IN ('withdraw_upload', 'restore_upload') AND subject = $2
    ), false),
    (SELECT array_agg(year ORDER BY year) FROM upload_years WHERE upload = $1)
FROM uploads
JOIN upload_sizes USING (upload)
WHERE upload = $1
