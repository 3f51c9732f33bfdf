-- one row per event: its year, then the columns that its hash is over, then the hash
INSERT INTO events (year, number, happened_at, actor, kind, subject, reason, rests_on, details, previous, chain)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
