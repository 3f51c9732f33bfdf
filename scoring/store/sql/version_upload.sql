-- at most one row: the ledger of a unit, a year, a quarter and a version
SELECT upload, ledger FROM ledgers WHERE unit = ? AND year = ? AND quarter = ? AND version = ?
