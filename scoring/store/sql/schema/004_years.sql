-- Version 4: the assessment year is part of every key. Everything that was kept before is of 2023, the only year there was.
-- Tables are made anew where the year enters a key: rows keep their numbers, their hashes and what they say.

DROP VIEW latest_scores;
DROP VIEW latest_findings;
DROP VIEW rulings;
DROP VIEW ledger_versions;
DROP VIEW roster_rows;

-- one row per event, numbered from 1; chain is the SHA-256 over the row without its year and the chain of the row before
-- it. year is NULL where the event is of no single year (a setting, a workbook of two years); details hold it as well
CREATE TABLE events_by_year (
    number INTEGER PRIMARY KEY,
    year INTEGER,
    happened_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    subject VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    rests_on VARCHAR NOT NULL,
    details VARCHAR NOT NULL,
    previous VARCHAR NOT NULL UNIQUE,
    chain VARCHAR NOT NULL UNIQUE
);
INSERT INTO events_by_year
SELECT
    number, CASE WHEN kind <> 'setting' THEN 2023 END, happened_at, actor, kind, subject, reason, rests_on, details,
    previous, chain
FROM events;
DROP TABLE events;
ALTER TABLE events_by_year RENAME TO events;

-- one row per unit, year, quarter, version; reported says whether it makes its unit one that has reported
CREATE TABLE ledgers_by_year (
    upload INTEGER NOT NULL,
    ledger INTEGER NOT NULL,
    unit VARCHAR NOT NULL,
    year INTEGER NOT NULL,
    quarter INTEGER NOT NULL,
    version INTEGER NOT NULL,
    submitted DATE NOT NULL,
    dated BOOLEAN NOT NULL,
    reported BOOLEAN NOT NULL,
    PRIMARY KEY (upload, ledger),
    UNIQUE (unit, year, quarter, version)
);
INSERT INTO ledgers_by_year
SELECT upload, ledger, unit, 2023, quarter, version, submitted, dated, reported FROM ledgers;
DROP TABLE ledgers;
ALTER TABLE ledgers_by_year RENAME TO ledgers;

-- one row per upload, year of a ledger in it; shared: the workbook holds ledgers of several years
CREATE TABLE upload_years (
    upload INTEGER NOT NULL,
    year INTEGER NOT NULL,
    shared BOOLEAN NOT NULL,
    PRIMARY KEY (upload, year)
);
INSERT INTO upload_years SELECT upload, 2023, false FROM uploads;

-- one row per board; board_key is the SHA-256 over facts, rules, as_of and policy
CREATE TABLE boards_by_year (
    board_key VARCHAR PRIMARY KEY,
    year INTEGER NOT NULL,
    as_of DATE NOT NULL,
    rules VARCHAR NOT NULL,
    facts VARCHAR NOT NULL,
    policy VARCHAR NOT NULL
);
INSERT INTO boards_by_year SELECT board_key, 2023, as_of, rules, facts, policy FROM boards;
DROP TABLE boards;
ALTER TABLE boards_by_year RENAME TO boards;

-- one row per final board (定稿); board is the whole board as JSON, never computed again
CREATE TABLE publications_by_year (
    number VARCHAR PRIMARY KEY,
    year INTEGER NOT NULL,
    event INTEGER NOT NULL UNIQUE,
    board_key VARCHAR NOT NULL,
    board VARCHAR NOT NULL
);
INSERT INTO publications_by_year SELECT number, 2023, event, board_key, board FROM publications;
DROP TABLE publications;
ALTER TABLE publications_by_year RENAME TO publications;

-- one row per year, unit of the board that was written last for the year
CREATE VIEW latest_scores AS
SELECT
    boards.year, boards.as_of, scores.kind, scores.rank, scores.unit, scores.score, scores.raw, scores.base,
    scores.responsibility, scores.case_points, scores.incentive, scores.deductions, scores.reported,
    latest.written_at, boards.rules, boards.facts, boards.policy
FROM board_writes AS latest
JOIN boards USING (board_key)
JOIN scores USING (board_key)
WHERE latest.number IN (
    SELECT max(board_writes.number) FROM board_writes JOIN boards USING (board_key) GROUP BY boards.year
)
ORDER BY boards.year, scores.kind, scores.rank, scores.seq;

-- one row per year, unit, clause (for an incentive task: per item) of the board that was written last for the year
CREATE VIEW latest_findings AS
SELECT
    boards.year, boards.as_of, findings.unit, findings.task, findings.clause, findings.item, findings.outcome,
    findings.points, findings.deadline, findings.quote, findings.reason, findings.remark, findings.workbook,
    findings.sheet, findings.cell, findings.sources, findings.ruling, findings.reviewer, findings.computed_outcome,
    findings.computed_points, findings.if_done, findings.flagged
FROM board_writes AS latest
JOIN boards USING (board_key)
JOIN findings USING (board_key)
WHERE latest.number IN (
    SELECT max(board_writes.number) FROM board_writes JOIN boards USING (board_key) GROUP BY boards.year
)
ORDER BY boards.year, findings.seq;

-- one row per ruling; withdrawn says whether it has been withdrawn since
CREATE VIEW rulings AS
SELECT
    CAST(ruled.subject AS INTEGER) AS ruling, ruled.year, ruled.happened_at, ruled.actor,
    json_extract_string(ruled.details, '$.unit') AS unit,
    json_extract_string(ruled.details, '$.clause') AS clause,
    json_extract_string(ruled.details, '$.item') AS item,
    json_extract_string(ruled.details, '$.verdict') AS verdict,
    CAST(json_extract_string(ruled.details, '$.points') AS DECIMAL(9, 2)) AS points,
    CAST(json_extract_string(ruled.details, '$.number_found') AS INTEGER) AS number_found,
    json_extract_string(ruled.details, '$.reason') AS reason,
    json_extract_string(ruled.details, '$.reviewer') AS reviewer,
    CAST(json_extract_string(ruled.details, '$.day') AS DATE) AS day,
    EXISTS (
        SELECT 1 FROM events AS undone WHERE undone.kind = 'withdraw_ruling' AND undone.subject = ruled.subject
    ) AS withdrawn
FROM events AS ruled
WHERE ruled.kind = 'ruling';

-- one row per unit, year, quarter, version, with the workbook that brought it
CREATE VIEW ledger_versions AS
SELECT
    ledgers.unit, ledgers.year, ledgers.quarter, ledgers.version, ledgers.submitted, ledgers.dated, ledgers.reported,
    uploads.upload, uploads.file_name, uploads.sha256, uploads.received_at, uploads.actor,
    coalesce(last_event.kind = 'withdraw_upload', false) AS withdrawn
FROM ledgers
JOIN uploads USING (upload)
LEFT JOIN (
    SELECT subject, arg_max(kind, number) AS kind FROM events
    WHERE kind IN ('withdraw_upload', 'restore_upload') GROUP BY subject
) AS last_event ON last_event.subject = uploads.sha256;

-- one row per row of 企业全量名单, days as numbers, with its unit, year and quarter
CREATE VIEW roster_rows AS
SELECT
    ledgers.unit, ledgers.year, ledgers.quarter, ledgers.version, roster.enterprise, roster.project_type,
    roster.project_class, roster.accepted, roster.connected,
    TRY_CAST(roster.deducted_days AS DECIMAL(18, 4)) AS deducted_days,
    TRY_CAST(roster.stated_days AS DECIMAL(18, 4)) AS stated_days,
    roster.workbook, roster.sheet, roster.cell
FROM roster
JOIN ledgers USING (upload, ledger);

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
