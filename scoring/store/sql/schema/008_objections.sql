-- Version 8: what is handed in with an objection, or with a later turn of it, is kept as it came.

-- one row per file of an objection, whole, in the order in which they came
CREATE TABLE objection_files (
    objection INTEGER NOT NULL,
    position INTEGER NOT NULL,
    file_name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (objection, position)
);
