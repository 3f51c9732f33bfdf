-- at most one row: the ledger of a unit, a quarter and a version
SELECT upload, ledger FROM ledgers WHERE unit = ? AND quarter = ? AND version = ?
