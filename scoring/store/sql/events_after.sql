-- one row per event after a number, in order
SELECT number, happened_at, actor, kind, subject, reason, rests_on, details, previous, chain, year
FROM events
WHERE number > ?
ORDER BY number
