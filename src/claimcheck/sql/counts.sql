-- How many happenings or incidents of a kind lie in a claim's place and period.
-- wanted_count: claim_number, package, resource, counted_as, kind (one of linked_kind), place (NULL: anywhere),
-- first_day, last_day.
-- wanted_actor: as in sums.sql.
SELECT
    wanted.claim_number, row.package, row.resource, wanted.counted_as, wanted.kind, wanted.place,
    wanted.first_day, wanted.last_day,
    count(DISTINCT row.row_id) AS rows,
    min(row.row_number) AS first_row,
    bool_and(row.complete) AS complete,
    list(DISTINCT row.source) AS sources
FROM wanted_count AS wanted
JOIN linked_kind AS kind
    ON kind.package = wanted.package AND kind.resource = wanted.resource
    AND kind.counted_as = wanted.counted_as AND kind.kind = wanted.kind
JOIN linked_row AS row ON row.row_number = kind.row_number
LEFT JOIN linked_place AS place ON place.row_number = row.row_number AND place.key = wanted.place
LEFT JOIN wanted_actor AS deed ON deed.claim_number = wanted.claim_number AND deed.actor = row.actor
WHERE (deed.actor IS NOT NULL OR wanted.claim_number NOT IN (SELECT claim_number FROM wanted_actor))
    AND row.first_start >= wanted.first_day
    AND coalesce(row.last_end, row.first_end) <= wanted.last_day
    AND (wanted.place IS NULL OR place.key IS NOT NULL)
GROUP BY ALL
ORDER BY wanted.claim_number, row.package, row.resource, wanted.counted_as, wanted.kind, wanted.place
