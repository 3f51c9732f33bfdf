-- one row per event after a number, in order; settings concern nobody
SELECT number, happened_at, actor, kind, subject, reason, rests_on, details, previous, chain, year
FROM events
WHERE number > ? AND kind <> 'setting'
ORDER BY number
