-- The rows that a curator should add first: claims that no row decides, by the link that failed.
-- link: row (all links hold, and no row answers), place, time, or measure (no table measures it: look at how the
-- sentence was read before adding a table). What a row would close comes first, then happenings, then those.
-- ?: how many lines.
SELECT
    CASE
        WHEN reason = 'no_measure' THEN 'measure'
        WHEN reason IN ('no_place', 'place_mismatch') THEN 'place'
        WHEN reason IN ('no_time', 'as_of_bound') THEN 'time'
        ELSE 'row'
    END AS link,
    coalesce(measure, noun, CASE WHEN kind = 'event' THEN 'event: ' || coalesce(predicate, kind) END) AS measure,
    coalesce(place_id, place) AS place,
    year(date_start) AS year,
    min(date_start) AS first_day,
    max(date_end) AS last_day,
    count(*) AS claims,
    count(DISTINCT doc_id) AS documents,
    min_by(claim_id, (doc_id, start_offset)) AS example_id,
    min_by(text, (doc_id, start_offset)) AS example
FROM claims
WHERE verdict = 'not_enough_evidence'
    AND reason IN ('no_measure', 'no_place', 'place_mismatch', 'no_time', 'as_of_bound', 'no_reference')
GROUP BY link, 2, 3, year
ORDER BY
    CASE
        WHEN link <> 'measure' AND any_value(measure_id) IS NOT NULL THEN 0
        WHEN any_value(kind) = 'event' AND any_value(predicate) IS NOT NULL AND link <> 'measure' THEN 1
        ELSE 2
    END,
    claims DESC, documents DESC, link, 2, 3, year
LIMIT ?
