-- at most one row: where a thing's bytes are, by the first workbook that brought it by a moment (NULL: now)
SELECT evidence.name, evidence.part, uploads.sha256
FROM evidence
JOIN uploads ON uploads.upload = evidence.upload
WHERE evidence.sha256 = ? AND uploads.received_at <= coalesce(CAST(? AS TIMESTAMP), TIMESTAMP '9999-12-31')
ORDER BY evidence.upload, evidence.seq
LIMIT 1
