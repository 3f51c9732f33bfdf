-- one row per event of the given kinds up to a moment, in order
SELECT number, happened_at, actor, kind, subject, reason, rests_on, details, previous, chain
FROM events
WHERE kind IN (SELECT unnest(CAST(? AS VARCHAR[]))) AND happened_at <= ?
ORDER BY number
