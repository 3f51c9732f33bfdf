-- Version 6: lists tell how large a workbook is without reading its bytes, and a subject's events are found by an index.

-- one row per upload: the bytes of the sender's own file
CREATE TABLE upload_sizes (
    upload INTEGER PRIMARY KEY,
    size BIGINT NOT NULL
);
INSERT INTO upload_sizes SELECT upload, octet_length(content) FROM uploads;

CREATE INDEX events_by_subject ON events (subject, number);
