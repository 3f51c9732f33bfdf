-- Version 3: views for other tools.

-- one row per unit of the board that was written last
CREATE VIEW latest_scores AS
SELECT
    boards.as_of, scores.kind, scores.rank, scores.unit, scores.score, scores.raw, scores.base, scores.responsibility,
    scores.case_points, scores.incentive, scores.deductions, scores.reported,
    latest.written_at, boards.rules, boards.facts, boards.policy
FROM (SELECT board_key, written_at FROM board_writes ORDER BY number DESC LIMIT 1) AS latest
JOIN boards USING (board_key)
JOIN scores USING (board_key)
ORDER BY scores.kind, scores.rank, scores.seq;

-- one row per unit, clause (for an incentive task: per item) of the board that was written last
CREATE VIEW latest_findings AS
SELECT
    boards.as_of, findings.unit, findings.task, findings.clause, findings.item, findings.outcome, findings.points,
    findings.deadline, findings.quote, findings.reason, findings.remark, findings.workbook, findings.sheet,
    findings.cell, findings.sources, findings.ruling, findings.reviewer, findings.computed_outcome,
    findings.computed_points, findings.if_done, findings.flagged
FROM (SELECT board_key FROM board_writes ORDER BY number DESC LIMIT 1) AS latest
JOIN boards USING (board_key)
JOIN findings USING (board_key)
ORDER BY findings.seq;

-- one row per ruling; withdrawn says whether it has been withdrawn since
CREATE VIEW rulings AS
SELECT
    CAST(ruled.subject AS INTEGER) AS ruling, ruled.happened_at, ruled.actor,
    json_extract_string(ruled.details, '$.unit') AS unit,
    json_extract_string(ruled.details, '$.clause') AS clause,
    json_extract_string(ruled.details, '$.item') AS item,
    json_extract_string(ruled.details, '$.verdict') AS verdict,
    CAST(json_extract_string(ruled.details, '$.points') AS DECIMAL(9, 2)) AS points,
    json_extract_string(ruled.details, '$.reason') AS reason,
    json_extract_string(ruled.details, '$.reviewer') AS reviewer,
    CAST(json_extract_string(ruled.details, '$.day') AS DATE) AS day,
    EXISTS (
        SELECT 1 FROM events AS undone WHERE undone.kind = 'withdraw_ruling' AND undone.subject = ruled.subject
    ) AS withdrawn
FROM events AS ruled
WHERE ruled.kind = 'ruling';

-- one row per unit, quarter, version, with the workbook that brought it
CREATE VIEW ledger_versions AS
SELECT
    ledgers.unit, ledgers.quarter, ledgers.version, ledgers.submitted, ledgers.dated, ledgers.reported,
    uploads.upload, uploads.file_name, uploads.sha256, uploads.received_at, uploads.actor,
    coalesce(last_event.kind = 'withdraw_upload', false) AS withdrawn
FROM ledgers
JOIN uploads USING (upload)
LEFT JOIN (
    SELECT subject, arg_max(kind, number) AS kind FROM events
    WHERE kind IN ('withdraw_upload', 'restore_upload') GROUP BY subject
) AS last_event ON last_event.subject = uploads.sha256;

-- one row per row of 企业全量名单, days as numbers, with its unit and quarter
CREATE VIEW roster_rows AS
SELECT
    ledgers.unit, ledgers.quarter, ledgers.version, roster.enterprise, roster.project_type, roster.project_class,
    roster.accepted, roster.connected,
    TRY_CAST(roster.deducted_days AS DECIMAL(18, 4)) AS deducted_days,
    TRY_CAST(roster.stated_days AS DECIMAL(18, 4)) AS stated_days,
    roster.workbook, roster.sheet, roster.cell
FROM roster
JOIN ledgers USING (upload, ledger);
