-- Version 1: what was sent, and the history.
-- Nothing in these tables is ever changed or taken away; whatever is undone is undone by a further event.
-- Moments are Beijing time (UTC+8) without an offset.

-- one row per version that the schema has had
CREATE TABLE IF NOT EXISTS schema_versions (
    version INTEGER PRIMARY KEY,
    file VARCHAR NOT NULL,
    applied_at TIMESTAMP NOT NULL
);

-- one row per event, numbered from 1; chain is the SHA-256 over the row and the chain of the row before it
CREATE TABLE events (
    number INTEGER PRIMARY KEY,
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

-- one row per workbook that was stored, numbered from 0 in the order of arrival; content is the sender's own file
CREATE TABLE uploads (
    upload INTEGER PRIMARY KEY,
    sha256 VARCHAR NOT NULL UNIQUE,
    event INTEGER NOT NULL UNIQUE,
    received_at TIMESTAMP NOT NULL,
    actor VARCHAR NOT NULL,
    reason VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    rules VARCHAR NOT NULL,
    rows_read INTEGER NOT NULL,
    rows_kept_out INTEGER NOT NULL,
    left_alone VARCHAR[] NOT NULL,
    content BLOB NOT NULL
);

-- one row per unit, quarter, version; reported says whether it makes its unit one that has reported
CREATE TABLE ledgers (
    upload INTEGER NOT NULL,
    ledger INTEGER NOT NULL,
    unit VARCHAR NOT NULL,
    quarter INTEGER NOT NULL,
    version INTEGER NOT NULL,
    submitted DATE NOT NULL,
    dated BOOLEAN NOT NULL,
    reported BOOLEAN NOT NULL,
    PRIMARY KEY (upload, ledger),
    UNIQUE (unit, quarter, version)
);

-- one row per row of 工作落实 and clause that it speaks of
CREATE TABLE statements (
    upload INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    ledger INTEGER NOT NULL,
    clause VARCHAR NOT NULL,
    status VARCHAR NOT NULL,
    done_on DATE,
    quantity BIGINT,
    evidence VARCHAR NOT NULL,
    workbook VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    sheet_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    matched_by VARCHAR NOT NULL,
    wording VARCHAR NOT NULL,
    said VARCHAR NOT NULL,
    PRIMARY KEY (upload, seq)
);

-- one row per row of 工作案例
CREATE TABLE cases (
    upload INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    ledger INTEGER NOT NULL,
    task INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    day DATE,
    evidence VARCHAR NOT NULL,
    workbook VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    sheet_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    summary VARCHAR NOT NULL,
    PRIMARY KEY (upload, seq)
);

-- one row per row of 政策宣传
CREATE TABLE publicity (
    upload INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    ledger INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    media VARCHAR NOT NULL,
    level VARCHAR NOT NULL,
    day DATE,
    link VARCHAR NOT NULL,
    workbook VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    sheet_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    PRIMARY KEY (upload, seq)
);

-- one row per row of 企业全量名单. Days are decimals kept as text: a sender's formula may have any number of places
CREATE TABLE roster (
    upload INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    ledger INTEGER NOT NULL,
    enterprise VARCHAR NOT NULL,
    project_class VARCHAR,
    accepted DATE NOT NULL,
    connected DATE,
    deducted_days VARCHAR NOT NULL,
    workbook VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    header_workbook VARCHAR NOT NULL,
    header_sheet VARCHAR NOT NULL,
    header_cell VARCHAR NOT NULL,
    sheet_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    credit_code VARCHAR NOT NULL,
    project_type VARCHAR NOT NULL,
    stated_days VARCHAR,
    steps VARCHAR NOT NULL,
    materials VARCHAR NOT NULL,
    fee VARCHAR NOT NULL,
    PRIMARY KEY (upload, seq)
);

-- one row per row of 激励加分; points
CREATE TABLE incentives (
    upload INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    ledger INTEGER NOT NULL,
    task INTEGER NOT NULL,
    title VARCHAR NOT NULL,
    claimed DECIMAL(9, 2),
    awarded DECIMAL(9, 2),
    basis VARCHAR NOT NULL,
    workbook VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    sheet_no INTEGER NOT NULL,
    row_no INTEGER NOT NULL,
    PRIMARY KEY (upload, seq)
);

-- one row per problem that a workbook had when it was stored
CREATE TABLE problems (
    upload INTEGER NOT NULL,
    seq INTEGER NOT NULL,
    severity VARCHAR NOT NULL,
    code VARCHAR NOT NULL,
    workbook VARCHAR NOT NULL,
    sheet VARCHAR NOT NULL,
    cell VARCHAR NOT NULL,
    value VARCHAR NOT NULL,
    message VARCHAR NOT NULL,
    PRIMARY KEY (upload, seq)
);
