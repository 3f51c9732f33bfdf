-- one row per paper of a final board
INSERT INTO publication_papers VALUES (?, ?, ?, ?)
