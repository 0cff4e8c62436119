-- How many happenings or incidents of a kind lie in a claim's place and period.
-- wanted_count: claim_number, package, resource, counted_as, kind (one of linked_kind), place (NULL: anywhere),
-- first_day, last_day.
-- wanted_actor: whose deeds count, for claims that say whose they were.
-- A place is told by fewer rows than a kind, of which a table may hold nothing else: it comes first.
WITH there AS MATERIALIZED (
    SELECT wanted.*, place.row_number
    FROM wanted_count AS wanted
    JOIN linked_place AS place ON place.key = wanted.place
),
meant AS MATERIALIZED (
    SELECT there.*
    FROM there
    JOIN linked_kind AS kind USING (row_number, package, resource, counted_as, kind)
    WHERE kind.first_day >= there.first_day AND kind.last_day <= there.last_day
    UNION ALL
    SELECT wanted.*, kind.row_number
    FROM wanted_count AS wanted
    JOIN linked_kind AS kind USING (package, resource, counted_as, kind)
    WHERE wanted.place IS NULL
        AND kind.first_day >= wanted.first_day AND kind.last_day <= wanted.last_day
)
SELECT
    meant.claim_number, row.package, row.resource, meant.counted_as, meant.kind, meant.place,
    meant.first_day, meant.last_day,
    count(DISTINCT row.row_id) AS rows,
    min(row.row_number) AS first_row,
    bool_and(row.complete) AS complete,
    list(DISTINCT row.source) AS sources
FROM meant
JOIN linked_row AS row USING (row_number)
LEFT JOIN wanted_actor AS deed ON deed.claim_number = meant.claim_number AND deed.actor = row.actor
WHERE deed.actor IS NOT NULL OR meant.claim_number NOT IN (SELECT claim_number FROM wanted_actor)
GROUP BY ALL
ORDER BY meant.claim_number, row.package, row.resource, meant.counted_as, meant.kind, meant.place
