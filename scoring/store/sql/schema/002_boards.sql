-- Version 2: rules that were in force, boards written back for other tools, and final boards.

-- one row per text of the rules; fingerprint is its SHA-256
CREATE TABLE rule_texts (
    fingerprint VARCHAR PRIMARY KEY,
    event INTEGER NOT NULL UNIQUE,
    content BLOB NOT NULL
);

-- one row per board; board_key is the SHA-256 over facts, rules, as_of and policy
CREATE TABLE boards (
    board_key VARCHAR PRIMARY KEY,
    as_of DATE NOT NULL,
    rules VARCHAR NOT NULL,
    facts VARCHAR NOT NULL,
    policy VARCHAR NOT NULL
);

-- one row per time that another board became the latest one, numbered from 1
CREATE TABLE board_writes (
    number INTEGER PRIMARY KEY,
    board_key VARCHAR NOT NULL,
    written_at TIMESTAMP NOT NULL
);

-- one row per board, unit; points
CREATE TABLE scores (
    board_key VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    unit VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    rank INTEGER NOT NULL,
    score DECIMAL(6, 2) NOT NULL,
    raw DECIMAL(6, 2) NOT NULL,
    base DECIMAL(6, 2) NOT NULL,
    responsibility DECIMAL(6, 2) NOT NULL,
    case_points DECIMAL(6, 2) NOT NULL,
    incentive DECIMAL(6, 2) NOT NULL,
    deductions DECIMAL(6, 2) NOT NULL,
    reported BOOLEAN NOT NULL,
    PRIMARY KEY (board_key, unit)
);

-- one row per board, unit, clause (for an incentive task: per item); points are signed.
-- workbook, sheet and cell are the first deciding cell, sources all of them
CREATE TABLE findings (
    board_key VARCHAR NOT NULL,
    seq INTEGER NOT NULL,
    unit VARCHAR NOT NULL,
    clause VARCHAR NOT NULL,
    item VARCHAR NOT NULL,
    task INTEGER NOT NULL,
    outcome VARCHAR NOT NULL,
    points DECIMAL(6, 2) NOT NULL,
    deadline DATE,
    quote VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    remark VARCHAR NOT NULL,
    flagged BOOLEAN NOT NULL,
    if_done DECIMAL(6, 2),
    computed_outcome VARCHAR,
    computed_points DECIMAL(6, 2),
    ruling INTEGER,
    reviewer VARCHAR,
    workbook VARCHAR,
    sheet VARCHAR,
    cell VARCHAR,
    sources VARCHAR[] NOT NULL,
    PRIMARY KEY (board_key, seq)
);

-- one row per final board (定稿); board is the whole board as JSON, never computed again
CREATE TABLE publications (
    number VARCHAR PRIMARY KEY,
    event INTEGER NOT NULL UNIQUE,
    board_key VARCHAR NOT NULL,
    board VARCHAR NOT NULL
);
