-- one row per final board that keeps no calendar, with what its event says
SELECT publications.number, events.details
FROM publications
JOIN events ON events.number = publications.event
WHERE publications.number NOT IN (SELECT number FROM publication_calendars)
ORDER BY publications.event
