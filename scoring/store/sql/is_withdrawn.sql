-- at most one row: whether the last word on a workbook was to withdraw it
SELECT kind = 'withdraw_upload' FROM events
WHERE kind IN ('withdraw_upload', 'restore_upload') AND subject = ? ORDER BY number DESC LIMIT 1
