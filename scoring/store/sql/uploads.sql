-- one row per upload that had been received by a moment, in the order of arrival, as things stood then
SELECT
    upload, sha256, file_name, received_at, actor, reason, rules, size, rows_read, rows_kept_out, left_alone,
    (SELECT count(*) FROM problems WHERE problems.upload = uploads.upload AND severity = 'error'),
    (SELECT count(*) FROM problems WHERE problems.upload = uploads.upload AND severity = 'warning'),
    coalesce((
        SELECT arg_max(kind, number) = 'withdraw_upload' FROM events
        WHERE kind IN ('withdraw_upload', 'restore_upload') AND happened_at <= $1 AND subject = sha256
    ), false),
    (SELECT array_agg(year ORDER BY year) FROM upload_years WHERE upload_years.upload = uploads.upload)
FROM uploads
JOIN upload_sizes USING (upload)
WHERE received_at <= $1
ORDER BY upload
