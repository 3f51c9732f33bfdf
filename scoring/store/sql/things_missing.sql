-- one row per file that a row rests on, or that fits no row, and that is not kept
SELECT DISTINCT evidence.name, evidence.sha256
FROM evidence
LEFT JOIN things ON things.sha256 = evidence.sha256
WHERE evidence.kind = 'file' AND things.sha256 IS NULL
ORDER BY evidence.name
