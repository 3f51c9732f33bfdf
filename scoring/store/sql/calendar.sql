-- one row: the calendar that a final board keeps
SELECT calendar FROM publication_calendars WHERE number = ?
