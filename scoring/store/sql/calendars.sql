-- one row per final board, with the calendar that it keeps
SELECT number, calendar FROM publication_calendars ORDER BY number
