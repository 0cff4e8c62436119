-- Sums over the incidents in a claim's place and period: one row per claim, table, measure and place.
-- wanted: as in candidates.sql. wanted_actor: whose deeds count, for claims that say whose they were.
SELECT
    wanted.claim_number, row.package, row.resource, row.measure, wanted.place, wanted.first_day, wanted.last_day,
    count(*) AS rows,
    sum(coalesce(row.low, row.best)) AS low,
    CASE WHEN count(row.best) = count(*) THEN sum(row.best) END AS best,
    CASE WHEN count(coalesce(row.high, row.best)) = count(*) THEN sum(coalesce(row.high, row.best)) END AS high,
    min(row.row_number) AS first_row,
    bool_and(row.complete) AS complete,
    list(DISTINCT row.source) AS sources
FROM wanted
JOIN linked_place AS place ON place.key = wanted.place
JOIN linked_row AS row ON row.row_number = place.row_number AND row.measure = wanted.measure
LEFT JOIN wanted_actor AS deed ON deed.claim_number = wanted.claim_number AND deed.actor = row.actor
WHERE row.kind = 'incident'
    AND (deed.actor IS NOT NULL OR wanted.claim_number NOT IN (SELECT claim_number FROM wanted_actor))
    AND wanted.first_day IS NOT NULL AND wanted.last_day IS NOT NULL
    AND row.first_start >= wanted.first_day AND row.last_end <= wanted.last_day
    AND coalesce(row.low, row.best, row.high) IS NOT NULL
GROUP BY ALL
ORDER BY wanted.claim_number, row.package, row.resource, row.measure, wanted.place
