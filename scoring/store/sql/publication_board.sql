-- at most one row: a final board as it was published, with its year
SELECT board, year FROM publications WHERE number = ?
