-- one row per event of the given kinds up to a moment, in order; of one year where a year is given
SELECT number, happened_at, actor, kind, subject, reason, rests_on, details, previous, chain, year
FROM events
WHERE kind IN (SELECT unnest(CAST($1 AS VARCHAR[]))) AND happened_at <= $2 AND (CAST($3 AS INTEGER) IS NULL OR year = $3)
ORDER BY number
