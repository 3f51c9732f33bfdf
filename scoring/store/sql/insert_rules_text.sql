-- one row per text of the rules
INSERT INTO rule_texts VALUES (?, ?, ?)
