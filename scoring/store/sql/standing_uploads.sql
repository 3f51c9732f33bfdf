-- one row per upload that had been received by a moment and was not withdrawn then, in the order of arrival
SELECT upload, sha256
FROM uploads
WHERE received_at <= $1 AND sha256 NOT IN (
    SELECT subject
    FROM events
    WHERE kind IN ('withdraw_upload', 'restore_upload') AND happened_at <= $1
    GROUP BY subject
    HAVING arg_max(kind, number) = 'withdraw_upload'
)
ORDER BY upload
