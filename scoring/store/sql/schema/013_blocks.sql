-- Version 13: what is large is kept in blocks. A checkpoint writes the last row group of a table anew, and leaves its old
-- place free: with pieces the file grew by half as much again. Blocks come in row groups of their own, never written anew.

-- one row per file that is kept in blocks, by its number from 1
CREATE TABLE block_files (
    sha256 VARCHAR PRIMARY KEY,
    file BIGINT NOT NULL
);

-- one row per block of a file, in its order from 0; rows of file 0 are empty and fill a row group
CREATE TABLE blocks (
    file BIGINT NOT NULL,
    place INTEGER NOT NULL,
    content BLOB NOT NULL
);
