-- Which single incidents a claim of one day may tell of: that day, and a place that the text names near by.
-- wanted_day: claim_number, package, measure, first_day, last_day. wanted_name: claim_number, key,
-- is_whole (the text means the whole place, and no part of it).
SELECT
    wanted.claim_number, row.row_number, min(place.depth) AS depth, count(DISTINCT place.key) AS named,
    arg_min(name.is_whole, (place.depth, NOT name.is_whole)) AS is_whole
FROM wanted_day AS wanted
JOIN linked_row AS row
    ON row.package = wanted.package AND row.first_start = wanted.first_day AND row.last_end = wanted.last_day
    AND (row.measure = wanted.measure OR wanted.measure IS NULL)
JOIN wanted_name AS name ON name.claim_number = wanted.claim_number
JOIN linked_place AS place
    ON place.row_number = row.row_number AND place.key = name.key
WHERE row.kind = 'incident'
GROUP BY ALL
ORDER BY wanted.claim_number, row.row_number
