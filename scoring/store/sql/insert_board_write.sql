-- one row per time that another board became the latest one
INSERT INTO board_writes SELECT count(*) + 1, ?, ? FROM board_writes
