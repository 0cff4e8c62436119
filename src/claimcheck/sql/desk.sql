-- What the desk asks a snapshot: the queue, the claim's neighbours, the rows. Python fills in what stands in braces.

-- @GATHER
CREATE OR REPLACE TEMP TABLE queue AS
WITH held AS (
    SELECT claim_id, max(verdict_key) AS verdict_key, count(*) AS verdicts FROM verdict GROUP BY claim_id
),
found AS (
    SELECT
        claim.claim_id,
        claim.document_key,
        held.verdict_key,
        coalesce(held.verdicts, 0) AS verdicts,
        document.doc_id,
        coalesce(nullif(document.title, ''),
            regexp_extract(substr(document.text, 1, 2000), '\S[^\n]{0,158}'), document.doc_id) AS title,
        claim.kind,
        verdict.verdict,
        verdict.explanation,
        json_extract_string(verdict.likely, '$.verdict') AS likely_verdict,
        verdict.probability,
        json_extract_string(verdict.likely, '$.told') AS likely_explanation,
        json_extract_string(verdict.likely, '$.rows[0][6]')::DECIMAL(38, 9) AS likely_best,
        json_extract_string(verdict.likely, '$.rows[0][22]') AS likely_unit,
        json_extract_string(verdict.likely, '$.rows[0][14]') AS likely_name,
        json_extract_string(verdict.likely, '$.rows[0][15]') AS likely_source,
        coalesce(verdict.stage, CASE
            WHEN verdict.verdict <> 'not_enough_evidence' THEN 'decided'
            WHEN verdict.reason = 'not_asserted' THEN 'not_asserted'
            WHEN verdict.reason IN ('no_measure', 'unit_mismatch') THEN 'not_linked'
            WHEN verdict.verdict IS NOT NULL THEN 'no_row'
        END) AS stage,
        claim.measure,
        claim.place_text AS place,
        claim.date_start,
        claim.date_end,
        claim.value,
        coalesce(claim.quantity_start, claim.time_start) - claim.start_offset AS own_start,
        coalesce(claim.quantity_end, claim.time_end) - claim.start_offset AS own_end,
        claim.position,
        1 - claim.start_offset / greatest(1, length(document.text)) AS prominence,
        ln(count(*) OVER (PARTITION BY claim.kind, claim.measure, claim.place_text, claim.value,
            claim.date_start, claim.date_end)) AS repeated,
        abs(ln(nullif(greatest(claim.value, 0), 0)::DOUBLE) - ln(nullif(greatest(coalesce(
            json_extract_string(verdict.likely, '$.rows[0][6]')::DECIMAL(38, 9), met.best,
            CASE WHEN verdict.verdict = 'not_enough_evidence' THEN met.meant END), 0), 0)::DOUBLE)) AS apart,
        substr(claim.text, 1, 400) AS text,
        claim.asserted AND verdict.verdict IS NOT NULL
            AND verdict.reason IS DISTINCT FROM 'not_asserted' AS judged,
        met.verdict_key IS NOT NULL AS near,
        -- the reading of a date that a number has as its time and that may be right: shown with the number
        claim.kind = 'event' AND claim.quantity_start IS NULL AND number.time_start IS NOT NULL
            AND coalesce(verdict.verdict, '') NOT IN ('refuted', 'conflicting_evidence')
            AND coalesce(json_extract_string(verdict.likely, '$.verdict'), 'supported') = 'supported'
            AS folded,
        substr(document.text, claim.context_start + 1, least(claim.context_end - claim.context_start, 2000))
            AS sentence
    FROM claim
    JOIN current_document AS document USING (document_key)
    LEFT JOIN held USING (claim_id)
    LEFT JOIN verdict USING (verdict_key)
    LEFT JOIN (
        SELECT DISTINCT document_key, time_start FROM claim
        WHERE quantity_start IS NOT NULL AND time_start IS NOT NULL
    ) AS number ON number.document_key = claim.document_key AND number.time_start = claim.time_start
    LEFT JOIN (
        SELECT verdict_key, arg_min(best, position) FILTER (relation = 'refutes') AS best,
            arg_min(best, position) AS meant
        FROM evidence GROUP BY verdict_key
    ) AS met USING (verdict_key)
)
SELECT
    row_number() OVER (ORDER BY CASE
            WHEN NOT judged THEN 5
            WHEN verdict = 'refuted' THEN 0
            WHEN verdict = 'conflicting_evidence' THEN 1
            WHEN likely_verdict = 'refuted' THEN 2
            WHEN likely_verdict = 'conflicting_evidence' THEN 2.3
            WHEN likely_verdict = 'supported' THEN 2.6
            WHEN verdict = 'not_enough_evidence' AND near THEN 3
            WHEN verdict = 'not_enough_evidence' THEN 3.5
            ELSE 4
        END,
        coalesce(probability, 1) * (1 + coalesce(least(2, apart, abs(apart - ln(1000)),
            abs(apart - 2 * ln(1000)), abs(apart - 3 * ln(1000))), 0))
            + 0.5 * prominence + 0.5 * repeated DESC,
        doc_id, position)
        AS place_in_queue,
    * EXCLUDE (position, sentence, prominence, apart),
    lower(doc_id || ' ' || title) AS document_text,
    lower(measure) AS measure_text,
    lower(place) AS place_text,
    lower(concat_ws(' ', sentence, measure, place, claim_id)) AS search
FROM found
ORDER BY place_in_queue

-- @PAGED
WITH chosen AS (
    SELECT queue.place_in_queue, <RANK> AS rank
    FROM <JOINED>
    WHERE {where}
    ORDER BY rank
    LIMIT $limit OFFSET $offset
)
SELECT queue.* EXCLUDE (search, document_text, measure_text, place_text),
    coalesce(decided.state, 'open') AS state, decided.verdict AS decided_verdict, decided.assignee
FROM chosen
JOIN queue USING (place_in_queue)
LEFT JOIN decided USING (place_in_queue)
ORDER BY chosen.rank

-- @COUNTED
SELECT count(*) FILTER ({state}) AS matching, count(*) FILTER (decided.done) AS done,
    count(*) FILTER (NOT queue.folded OR decided.done) AS claims
FROM <JOINED>
WHERE {where}

-- @NEIGHBOURS
SELECT arg_max(claim_id, rank) FILTER (rank < $rank) AS before,
    arg_min(claim_id, rank) FILTER (rank > $rank) AS after
FROM (
    SELECT queue.claim_id, <RANK> AS rank FROM <JOINED>
    WHERE queue.place_in_queue BETWEEN $rank - <NEAR> AND $rank + <NEAR>
        AND (<URGENT>) IS NOT TRUE AND {where}
)

-- @AROUND
SELECT max(rank) FILTER (rank < $rank) AS before, min(rank) FILTER (rank > $rank) AS after,
    min(rank) AS first, max(rank) AS last
FROM (SELECT <RANK> AS rank FROM <JOINED> WHERE {where})

-- @REPEATS
SELECT other.claim_id FROM queue AS other LEFT JOIN decided USING (place_in_queue)
JOIN queue AS own ON own.claim_id = $claim
WHERE other.document_key <> own.document_key AND other.kind = own.kind AND other.measure = own.measure
    AND other.value = own.value AND other.place IS NOT DISTINCT FROM own.place
    AND other.date_start = own.date_start AND other.date_end = own.date_end
    AND other.verdict IS NOT DISTINCT FROM own.verdict
    AND other.likely_verdict IS NOT DISTINCT FROM own.likely_verdict
    AND coalesce(decided.state, 'open') = 'open'
ORDER BY other.place_in_queue LIMIT 20

-- @SIMILAR
SELECT place_in_queue, coalesce(place = $place, false) AS same_place,
    abs(date_diff('day', date_start, $date_start::DATE)) AS days
FROM queue
WHERE document_key <> $document_key AND kind = $kind AND {alike}
ORDER BY same_place DESC, days NULLS LAST, place_in_queue
LIMIT 8

-- @AT_PLACES
SELECT place_in_queue, claim_id, title, text, verdict, judged FROM queue
WHERE place_in_queue IN (SELECT unnest(?::BIGINT[]))

-- @FACETS
SELECT {column} AS name, count(*) AS claims FROM queue WHERE {column} IS NOT NULL
GROUP BY ALL ORDER BY claims DESC, name LIMIT 200

-- @GATHER_ROWS
CREATE OR REPLACE TEMP TABLE row_search AS
WITH called AS (
    SELECT package, resource || ':' || row_id AS key, string_agg(name, ' ' ORDER BY rank) AS names
    FROM reference_name GROUP BY ALL
),
placed AS (
    SELECT place.package, place.resource, place.row_id, place.measure, string_agg(called.names, ' ') AS names
    FROM reference_place AS place JOIN called ON called.package = place.package AND called.key = place.place
    GROUP BY ALL
)
SELECT
    row.package, row.resource, row.row_id, row.measure, row.best,
    coalesce(row.last_end, row.as_of_end, row.first_start) AS day,
    lower(concat_ws(' ', row.row_id, row.measure, row.name, row.label, row.unit, row.series, row.actor,
        row.source,
        array_to_string(json_extract_string(row.raw, '$.*'), ' '), own.names, placed.names, agent.names,
        strftime(coalesce(row.first_start, row.as_of_start), '%-d %B %Y'),
        strftime(coalesce(row.last_end, row.as_of_end), '%-d %B %Y'),
        rtrim(rtrim(row.best::VARCHAR, '0'), '.'))) AS search
FROM reference_row AS row
LEFT JOIN called AS own ON own.package = row.package AND own.key = row.resource || ':' || row.row_id
LEFT JOIN called AS agent ON agent.package = row.package AND agent.key = row.actor
LEFT JOIN placed ON placed.package = row.package AND placed.resource = row.resource
    AND placed.row_id = row.row_id AND placed.measure = row.measure
WHERE row.kind <> 'gazetteer'

-- @FIND_ROWS
SELECT package, resource, row_id, measure FROM row_search
WHERE {tests}
ORDER BY coalesce(list_contains(TRY_CAST($numbers AS DECIMAL(38, 9)[]), best), false) DESC,
    abs(day - $day::DATE), package, resource, row_id, measure
LIMIT {most}

-- @ROWS
SELECT row.*,
    (SELECT list(name ORDER BY rank) FROM reference_name AS named
        WHERE named.package = row.package AND named.resource = row.resource
            AND named.row_id = row.row_id) AS names,
    (SELECT list(place ORDER BY rank) FROM reference_place AS placed
        WHERE placed.package = row.package AND placed.resource = row.resource AND placed.row_id = row.row_id
            AND placed.measure = row.measure) AS places
FROM reference_row AS row JOIN rows_asked AS asked
    ON asked.resource = row.resource AND asked.row_id = row.row_id
    AND row.package = coalesce(asked.package, row.package)
    AND row.measure = coalesce(asked.measure, row.measure)
ORDER BY row.package, row.resource, row.row_id, row.measure

-- @RUNS
SELECT run_number, run_id, started, status, documents, new_documents, changed_documents, claims, new_verdicts,
    version, model, lexicon, packages
FROM run ORDER BY run_number DESC LIMIT 60

-- @CHANGES
SELECT run_number, claim_id, verdict, reason, before, text, doc_id, title, earlier, verdict_key FROM (
    SELECT verdict.run_number, verdict.claim_id, verdict.verdict, verdict.reason, verdict.verdict_key,
        lag(verdict.verdict) OVER own AS before, lag(verdict.verdict_key) OVER own AS earlier,
        queue.text, queue.doc_id, queue.title
    FROM verdict LEFT JOIN queue USING (claim_id)
    WHERE claim_id IN (SELECT claim_id FROM verdict GROUP BY claim_id HAVING count(*) > 1)
    WINDOW own AS (PARTITION BY verdict.claim_id ORDER BY verdict.verdict_key)
) WHERE earlier IS NOT NULL AND before IS DISTINCT FROM verdict
ORDER BY run_number DESC, doc_id, claim_id
LIMIT 2000

-- @OF_CLAIM
SELECT verdict.verdict, verdict.reason, verdict.explanation, verdict.verdict_key, run.run_number, run.started
FROM verdict JOIN run USING (run_number)
WHERE verdict.claim_id = ? ORDER BY verdict.verdict_key DESC LIMIT 30

-- @SHOWN
SELECT queue.claim_id, queue.text, queue.own_start, queue.own_end, queue.title, queue.doc_id,
    queue.probability, queue.verdict, json_extract_string(verdict.likely, '$.told') AS explanation,
    json_extract_string(verdict.likely, '$.rows[0][1]') AS resource,
    json_extract_string(verdict.likely, '$.rows[0][2]') AS row_id,
    json_extract_string(verdict.likely, '$.rows[0][6]')::DECIMAL(38, 9) AS best,
    coalesce(json_extract_string(verdict.likely, '$.rows[0][14]'), '') AS name,
    json_extract_string(verdict.likely, '$.rows[0][8]') AS day,
    json_extract_string(verdict.likely, '$.rows[0][10]') AS as_of,
    json_extract_string(verdict.likely, '$.rows[0][15]') AS source,
    json_extract_string(verdict.likely, '$.rows[0][22]') AS unit
FROM queue JOIN verdict USING (verdict_key) LEFT JOIN decided USING (place_in_queue)
WHERE queue.judged AND queue.likely_verdict = 'supported' AND queue.probability >= $least
    AND coalesce(decided.state, 'open') = 'open'
    AND NOT queue.folded
ORDER BY queue.doc_id, queue.probability DESC, queue.place_in_queue

-- @TABLE
CREATE OR REPLACE TEMP TABLE decided (place_in_queue BIGINT, claim_id VARCHAR, state VARCHAR, verdict VARCHAR,
    done BOOLEAN, reviewers VARCHAR, assignee VARCHAR)

-- @ADD
INSERT INTO decided
SELECT queue.place_in_queue, claim_id, given.state, given.verdict, given.done, given.reviewers, given.assignee
FROM (
    SELECT unnest($ids::VARCHAR[]) AS claim_id, unnest($states::VARCHAR[]) AS state,
        unnest($verdicts::VARCHAR[]) AS verdict, unnest($done::BOOLEAN[]) AS done,
        unnest($reviewers::VARCHAR[]) AS reviewers, unnest($assignees::VARCHAR[]) AS assignee
) AS given JOIN queue USING (claim_id)

-- @NAMES
SELECT row_id AS key, any_value(name) AS name FROM reference_row
WHERE package = ? AND (kind = 'gazetteer' AND $2 = 'place' AND entity = 'place' OR kind = $2)
GROUP BY row_id ORDER BY 2, 1 LIMIT ?

-- @ACTORS
SELECT any_value(name) AS key, '' AS name FROM reference_row
WHERE package = ? AND kind = 'gazetteer' AND entity <> 'place' GROUP BY row_id ORDER BY 1 LIMIT ?
