-- Version 11: bytes are kept in pieces. A commit reads up to 2,048 rows of a table again, and a checkpoint its last rows,
-- so rows that hold whole files made each save slower the more of them there were. What was kept before stays where it is.

-- one row per piece of a file, in its order from 0: of uploads and things whose own content is empty
CREATE TABLE pieces (
    sha256 VARCHAR NOT NULL,
    piece INTEGER NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (sha256, piece)
);
