-- one row per upload with a ledger of the year that had been received by a moment and was not withdrawn then, in the
-- order of arrival; shared says whether it holds ledgers of other years too
SELECT upload, sha256, shared
FROM uploads
JOIN upload_years USING (upload)
WHERE year = $2 AND received_at <= $1 AND sha256 NOT IN (
    SELECT subject
    FROM events
    WHERE kind IN ('withdraw_upload', 'restore_upload') AND happened_at <= $1
    GROUP BY subject
    HAVING arg_max(kind, number) = 'withdraw_upload'
)
ORDER BY upload
