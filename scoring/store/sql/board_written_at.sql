-- one row: when the tables of a year's board were last written; NULL where they never were
SELECT max(board_writes.written_at) FROM board_writes JOIN boards USING (board_key) WHERE boards.year = $1
