-- one row: the number of the next upload
SELECT count(*) FROM uploads
