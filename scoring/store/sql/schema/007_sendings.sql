-- Version 7: what a unit sent itself is kept from the moment it was sent, before the bureau takes it in or sends it back.

-- one row per file of a sending, whole, in the order in which it was sent
CREATE TABLE sent_files (
    sending INTEGER NOT NULL,
    position INTEGER NOT NULL,
    file_name VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    content BLOB NOT NULL,
    PRIMARY KEY (sending, position)
);
