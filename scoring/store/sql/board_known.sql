-- one row: whether a board is kept, and whether it is the one written last for its year
SELECT
    EXISTS (SELECT 1 FROM boards WHERE board_key = $1),
    coalesce((
        SELECT arg_max(board_key, number) = $1 FROM board_writes JOIN boards USING (board_key) WHERE year = $2
    ), false)
