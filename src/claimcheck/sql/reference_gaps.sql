-- The rows that a curator should add first: claims that no row decides, by the link that failed.
-- link: row (all links hold, and no row answers), place, time, or measure (no table measures it: look at how the
-- sentence was read before adding a table). What a row would close comes first, then events, then those.
-- A claim beside which a row stands that it probably means, or that a reviewer laid there, lacks none; nor does the
-- date of a clause that states a number: the number's row is what may be missing. near_table, near_row: the row that
-- comes nearest to any claim of a line.
-- ?: how many lines.
WITH open AS (
    SELECT * FROM claims
    WHERE verdict = 'not_enough_evidence' AND likely_verdict IS NULL AND reviewed_row IS NULL
        AND reason IN ('no_measure', 'no_place', 'place_mismatch', 'no_time', 'as_of_bound', 'no_reference')
        AND (kind <> 'event' OR (doc_id, text) NOT IN (SELECT (doc_id, text) FROM claims WHERE kind = 'quantity'))
),
near AS (
    SELECT claim_id, json_extract_string(suggestions, '$[0][1]') AS resource,
        json_extract_string(suggestions, '$[0][2]') AS row_id,
        json_extract(suggestions, '$[0][24]')::DOUBLE AS probability
    FROM current_verdict WHERE claim_id IN (SELECT claim_id FROM open)
)
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
    min_by(text, (doc_id, start_offset)) AS example,
    max_by(near.resource, near.probability) AS near_table,
    max_by(near.row_id, near.probability) AS near_row
FROM open LEFT JOIN near USING (claim_id)
WHERE coalesce(near.probability, 0) < 0.5
GROUP BY link, 2, 3, year
ORDER BY
    CASE
        WHEN link <> 'measure' AND any_value(measure_id) IS NOT NULL THEN 0
        WHEN any_value(kind) = 'event' AND any_value(predicate) IS NOT NULL AND link <> 'measure' THEN 1
        ELSE 2
    END,
    claims DESC, documents DESC, link, 2, 3, year
LIMIT ?
