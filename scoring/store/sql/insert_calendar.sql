-- one row per final board
INSERT INTO publication_calendars VALUES (?, ?)
