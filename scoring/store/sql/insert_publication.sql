-- one row per final board
INSERT INTO publications VALUES (?, ?, ?, ?, ?)
