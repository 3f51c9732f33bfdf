-- one row: whether a board is kept, and whether it is the one written last
SELECT
    EXISTS (SELECT 1 FROM boards WHERE board_key = $1),
    coalesce((SELECT arg_max(board_key, number) = $1 FROM board_writes), false)
