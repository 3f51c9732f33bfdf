-- one row per text of the rules
SELECT fingerprint, content FROM rule_texts ORDER BY event
