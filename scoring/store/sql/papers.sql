-- one row per paper of a final board, by name
SELECT name, content FROM publication_papers WHERE number = ? ORDER BY name
