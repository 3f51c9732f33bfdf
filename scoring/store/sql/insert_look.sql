-- one row per thing that is looked at for the first time; nothing where it was looked at before
INSERT INTO looks
SELECT $1, $2, $3, $4, $5, $6, $7, $8, CAST($9 AS DATE)
WHERE NOT EXISTS (SELECT 1 FROM looks WHERE sha256 = $1)
