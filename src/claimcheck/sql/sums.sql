-- Sums over the incidents in a claim's place and period: one row per claim, table, measure and place.
-- wanted: as in candidates.sql.
-- Where one incident is of the very place and lasts as long as all others together, for days, the others are parts of it,
-- and it stands for all: the floods of a country, and those of its towns.
WITH met AS (
    SELECT
        wanted.claim_number, row.package, row.resource, row.measure, wanted.place, wanted.first_day, wanted.last_day,
        row.low, row.best, row.high, row.row_number, row.complete, row.source, row.actor,
        row.first_start, row.last_end, place.depth = 0 AS is_of_the_place
    FROM wanted
    JOIN linked_place AS place ON place.key = wanted.place
    JOIN linked_row AS row ON row.row_number = place.row_number AND row.measure = wanted.measure
    WHERE row.kind = 'incident'
        AND wanted.first_day IS NOT NULL AND wanted.last_day IS NOT NULL
        AND row.first_start >= wanted.first_day AND row.last_end <= wanted.last_day
        AND coalesce(row.low, row.best, row.high) IS NOT NULL
),
whole AS (
    SELECT claim_number, package, resource, measure, place, min(row_number) FILTER (WHERE is_of_the_place) AS row_number
    FROM met
    GROUP BY ALL
    HAVING count(*) > 1
        AND count(*) FILTER (WHERE is_of_the_place) = 1
        AND min(first_start) FILTER (WHERE is_of_the_place) = min(first_start)
        AND max(last_end) FILTER (WHERE is_of_the_place) = max(last_end)
        AND min(first_start) < max(last_end)  -- of one day, two attacks may be told of a region and its town
)
SELECT
    met.claim_number, met.package, met.resource, met.measure, met.place, met.first_day, met.last_day,
    count(*) AS rows,
    sum(coalesce(met.low, met.best)) AS low,
    CASE WHEN count(met.best) = count(*) THEN sum(met.best) END AS best,
    CASE WHEN count(coalesce(met.high, met.best)) = count(*) THEN sum(coalesce(met.high, met.best)) END AS high,
    min(met.row_number) AS first_row,
    bool_and(met.complete) AS complete,
    list(DISTINCT met.source) AS sources,
    list(DISTINCT met.actor) AS actors
FROM met
LEFT JOIN whole USING (claim_number, package, resource, measure, place)
WHERE whole.row_number IS NULL OR whole.row_number = met.row_number
GROUP BY ALL
ORDER BY met.claim_number, met.package, met.resource, met.measure, met.place
