-- one row per paper of any final board
SELECT number, name, content FROM publication_papers ORDER BY number, name
