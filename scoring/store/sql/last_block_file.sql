-- one row: the highest number of a file that is kept in blocks; 0 where there is none
SELECT coalesce(max(file), 0) FROM block_files
