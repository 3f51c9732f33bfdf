-- one row per board
INSERT INTO boards VALUES (?, ?, ?, ?, ?, ?)
