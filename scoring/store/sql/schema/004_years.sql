-- Version 4: evidence, the things that the ledgers' rows bring, and the files that came beside them.

-- one row per fact and piece of evidence; fact is the row's seq in its table (statements, cases, publicity, incentives)
CREATE TABLE evidence (
    upload INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    fact_table VARCHAR NOT NULL,
    fact INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    sha256 VARCHAR,
    workbook VARCHAR,
    sheet VARCHAR,
    cell VARCHAR,
    part VARCHAR NOT NULL,
    found_by VARCHAR NOT NULL,
    PRIMARY KEY (upload, seq)
);

-- one row per file that came beside a workbook, whole, however often it was sent
CREATE TABLE things (
    sha256 VARCHAR PRIMARY KEY,
    size BIGINT NOT NULL,
    content BLOB NOT NULL
);
