-- at most one row: the hash of the event with this number.
SELECT chain FROM events WHERE number = ?
