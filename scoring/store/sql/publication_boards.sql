-- one row per final board, with what its event is checked against
SELECT number, year, board FROM publications ORDER BY event
