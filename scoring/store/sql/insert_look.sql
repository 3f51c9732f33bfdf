-- one row per thing that is looked at for the first time
INSERT INTO looks VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
