-- Version 12: each final board keeps the calendar by which its working days were counted, the package's holidays among them.
-- Boards that were published before are given the one that is known when their database is first opened by this version.

-- one row per final board (定稿); calendar is a table of holidays that names every year it knows
CREATE TABLE publication_calendars (
    number VARCHAR PRIMARY KEY,
    calendar VARCHAR NOT NULL
);
