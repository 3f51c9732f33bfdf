-- at most one row: a final board as it was published
SELECT board FROM publications WHERE number = ?
