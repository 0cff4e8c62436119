-- The rows that a curator should add first: claims that no row decides, by the link that failed.
-- link: measure (no table measures it), place, time, or row (all links hold, and no row answers).
-- ?: how many lines.
SELECT
    CASE
        WHEN reason = 'no_measure' THEN 'measure'
        WHEN reason IN ('no_place', 'place_mismatch') THEN 'place'
        WHEN reason IN ('no_time', 'as_of_bound') THEN 'time'
        ELSE 'row'
    END AS link,
    coalesce(measure, noun, CASE WHEN kind = 'event' THEN 'happening: ' || coalesce(predicate, kind) END) AS measure,
    coalesce(place_id, place) AS place,
    year(date_start) AS year,
    count(*) AS claims,
    count(DISTINCT doc_id) AS documents,
    min_by(claim_id, (doc_id, start_offset)) AS example_id,
    min_by(text, (doc_id, start_offset)) AS example
FROM claims
WHERE verdict = 'not_enough_evidence'
    AND reason IN ('no_measure', 'no_place', 'place_mismatch', 'no_time', 'as_of_bound', 'no_reference')
GROUP BY ALL
ORDER BY claims DESC, documents DESC, link, measure, place, year
LIMIT ?
