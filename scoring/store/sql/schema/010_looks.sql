-- Version 10: what pictures and PDFs look like, so that each is decoded once. It follows from their bytes and may be told anew.

-- one row per thing that was looked at; pattern and fine are perceptual hashes, 16 and 64 hexadecimal digits
CREATE TABLE looks (
    sha256 VARCHAR PRIMARY KEY,
    shown BOOLEAN NOT NULL,
    wide INTEGER NOT NULL,
    high INTEGER NOT NULL,
    pattern VARCHAR NOT NULL,
    fine VARCHAR NOT NULL,
    blank BOOLEAN NOT NULL,
    is_page BOOLEAN NOT NULL,
    made_on DATE
);
