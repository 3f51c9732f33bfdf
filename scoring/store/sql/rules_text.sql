-- at most one row: a text of the rules by its fingerprint
SELECT content FROM rule_texts WHERE fingerprint = ?
