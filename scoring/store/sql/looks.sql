-- one row per thing that was looked at
SELECT sha256, shown, wide, high, pattern, fine, blank, is_page, made_on FROM looks ORDER BY sha256
