-- Version 5: a final board's papers are kept as they were handed out, whatever later programs would write.

-- one row per paper of a final board (定稿), whole
CREATE TABLE publication_papers (
    number VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (number, name)
);
