-- What the overview of a run asks, a statement after each "-- @name". All stand on the two temporary tables that
-- the first two make: the documents of the run, and their claims as they stood at its end.

-- @scope
-- $keys (document versions in the run's order)
CREATE OR REPLACE TEMP TABLE overview_document AS
SELECT document.document_key, document.doc_id, document.date, given.position,
    greatest(1, length(document.text)) AS length,
    coalesce(nullif(document.title, ''),
        regexp_extract(substr(document.text, 1, 2000), '\S[^\n]{0,400}'), document.doc_id) AS title
FROM (SELECT unnest($keys::BIGINT[]) AS document_key, generate_subscripts($keys::BIGINT[], 1) AS position) AS given
JOIN document USING (document_key)

-- @claims
-- $run. Their grade is the reviewers' queue's: refuted, conflicting, likely, undecided with a near row first. (In the
-- order of grade, document and position; to number them all in it would take twice the memory.)
CREATE OR REPLACE TEMP TABLE overview_claim AS
WITH held AS (
    SELECT verdict.* FROM verdict
    JOIN (SELECT max(verdict_key) AS verdict_key FROM verdict WHERE run_number <= $run GROUP BY claim_id) AS latest
        USING (verdict_key)
),
found AS (
    SELECT
        document.document_key, document.doc_id, claim.claim_id, claim.position, claim.kind, claim.measure, claim.noun,
        claim.predicate, coalesce(claim.place_id, claim.place_text) AS place, claim.date_start, claim.start_offset,
        coalesce(claim.date_start, claim.date_end, document.date) IS NOT NULL AS dated,
        held.verdict_key, held.verdict, held.reason,
        json_extract_string(held.likely, '$.verdict') AS likely, held.probability,
        claim.asserted AND held.verdict IS NOT NULL AND held.reason IS DISTINCT FROM 'not_asserted' AS judged,
        met.verdict_key IS NOT NULL AS near,
        claim.kind = 'event' AND claim.quantity_start IS NULL AND number.time_start IS NOT NULL
            AND coalesce(held.verdict, '') NOT IN ('refuted', 'conflicting_evidence')
            AND coalesce(json_extract_string(held.likely, '$.verdict'), 'supported') = 'supported' AS folded,
        -- what is at stake (report/stakes.py), as the queue has it (review/queue.py)
        1 - claim.start_offset / document.length AS prominence,
        ln(count(*) OVER (PARTITION BY claim.kind, claim.measure, claim.place_text, claim.value,
            claim.date_start, claim.date_end)) AS repeated,
        abs(ln(nullif(greatest(claim.value, 0), 0)::DOUBLE) - ln(nullif(greatest(coalesce(
            json_extract_string(held.likely, '$.rows[0][6]')::DECIMAL(38, 9), met.best), 0), 0)::DOUBLE)) AS apart,
        CASE
            WHEN NOT claim.asserted OR held.reason = 'not_asserted' THEN 'unasserted'
            WHEN held.verdict IS NULL THEN 'unjudged'
            WHEN held.verdict = 'conflicting_evidence' THEN 'conflicting'
            WHEN held.verdict = 'not_enough_evidence' THEN 'undecided'
            ELSE held.verdict
        END AS standing
    FROM claim
    JOIN overview_document AS document USING (document_key)
    LEFT JOIN held USING (claim_id)
    LEFT JOIN (
        SELECT DISTINCT document_key, time_start FROM claim
        WHERE quantity_start IS NOT NULL AND time_start IS NOT NULL
            AND document_key IN (SELECT document_key FROM overview_document)
    ) AS number ON number.document_key = claim.document_key AND number.time_start = claim.time_start
    LEFT JOIN (
        SELECT verdict_key, arg_min(best, position) FILTER (relation = 'refutes') AS best
        FROM evidence GROUP BY verdict_key
    ) AS met USING (verdict_key)
)
SELECT * EXCLUDE (prominence, repeated, apart),
    coalesce(probability, 1) * (1 + coalesce(least(2, apart, abs(apart - ln(1000)), abs(apart - 2 * ln(1000)),
        abs(apart - 3 * ln(1000))), 0)) + 0.5 * prominence + 0.5 * repeated AS stake,
    CASE
        WHEN NOT judged THEN 5
        WHEN verdict = 'refuted' THEN 0
        WHEN verdict = 'conflicting_evidence' THEN 1
        WHEN likely = 'refuted' THEN 1.2
        WHEN likely = 'conflicting_evidence' THEN 1.4
        WHEN likely = 'supported' THEN 1.6
        WHEN verdict = 'not_enough_evidence' AND near THEN 2
        WHEN verdict = 'not_enough_evidence' THEN 3
        ELSE 4
    END AS grade
FROM found

-- @reviews
-- $ids, $done, $urgent: claims that reviewers decided
CREATE OR REPLACE TEMP TABLE overview_review AS
SELECT unnest($ids::VARCHAR[]) AS claim_id, unnest($done::BOOLEAN[]) AS done, unnest($urgent::BOOLEAN[]) AS urgent

-- @reviewed
SELECT count(*) AS claims, count(*) FILTER (overview_review.done) AS done,
    count(*) FILTER (overview_review.urgent) AS urgent
FROM overview_claim LEFT JOIN overview_review USING (claim_id)

-- @first
-- $limit. What nobody has to look at any more is left out, and what met no row (that is for curators, in
-- gaps); what asks for a second look comes first.
SELECT document_key, claim_id
FROM overview_claim LEFT JOIN overview_review USING (claim_id)
WHERE overview_review.done IS NOT TRUE
    AND (overview_review.urgent OR (judged AND NOT folded AND (near OR likely IS NOT NULL OR verdict IN ('refuted', 'conflicting_evidence'))))
ORDER BY coalesce(overview_review.urgent, false) DESC, grade,
    stake DESC, doc_id, position
LIMIT $limit

-- @standings
SELECT standing, count(*) AS claims FROM overview_claim GROUP BY standing

-- @elsewhere
-- documents of the database that the run did not see
SELECT count(*) AS documents FROM current_document WHERE doc_id NOT IN (SELECT doc_id FROM overview_document)

-- @measures
-- $limit
SELECT coalesce(measure, CASE WHEN kind = 'event' THEN 'events' WHEN kind = 'calendar' THEN 'weekdays and dates'
        WHEN kind = 'count' THEN 'counts of lists' ELSE 'no measure' END) AS measure,
    bool_or(kind NOT IN ('quantity', 'rank') OR measure IS NULL OR measure IN (SELECT measure FROM measure)) AS known,
    count(*) AS claims,
    count(*) FILTER (standing = 'refuted') AS refuted,
    count(*) FILTER (standing = 'conflicting') AS conflicting,
    count(*) FILTER (standing = 'undecided') AS undecided,
    count(*) FILTER (standing = 'supported') AS supported,
    count(*) FILTER (standing = 'unasserted') AS unasserted,
    count(*) FILTER (standing = 'unjudged') AS unjudged,
    count(*) OVER () AS measures
FROM overview_claim
GROUP BY ALL
ORDER BY refuted + conflicting DESC, claims DESC, measure
LIMIT $limit

-- @documents
-- $limit, $offset. Those with the gravest claims first.
SELECT document.document_key, document.doc_id, document.title, document.date,
    count(claim.claim_id) AS claims,
    count(*) FILTER (claim.standing = 'refuted') AS refuted,
    count(*) FILTER (claim.standing = 'conflicting') AS conflicting,
    coalesce(any_value(problem.problems), 0) AS finding,
    count(*) FILTER (claim.standing = 'undecided') AS undecided,
    count(*) FILTER (claim.standing = 'supported') AS supported,
    count(*) FILTER (claim.standing = 'unasserted') AS unasserted,
    count(*) FILTER (claim.standing = 'unjudged') AS unjudged
FROM overview_document AS document
LEFT JOIN overview_claim AS claim USING (document_key)
LEFT JOIN (
    SELECT document_key, count(*) AS problems FROM finding WHERE status = 'problem' GROUP BY document_key
) AS problem ON problem.document_key = document.document_key
GROUP BY document.document_key, document.doc_id, document.title, document.date, document.position
ORDER BY refuted DESC, conflicting DESC, finding DESC, undecided DESC, document.position
LIMIT $limit OFFSET $offset

-- @history
-- $run. How many of the documents' claims stood how, and during which runs (the second exclusive).
WITH version AS (
    SELECT document_key, run_number AS since,
        lead(run_number, 1, 2147483647) OVER (PARTITION BY doc_id ORDER BY run_number) AS until
    FROM run_document
    WHERE run_number <= $run AND doc_id IN (SELECT doc_id FROM overview_document)
),
judged AS (
    SELECT claim_id, verdict, reason, run_number AS since,
        lead(run_number, 1, 2147483647) OVER (PARTITION BY claim_id ORDER BY verdict_key) AS until
    FROM verdict
    WHERE run_number <= $run AND claim_id IN (
        SELECT claim_id FROM claim WHERE document_key IN (SELECT document_key FROM version))
)
SELECT
    CASE
        WHEN NOT claim.asserted OR judged.reason = 'not_asserted' THEN 'unasserted'
        WHEN judged.verdict IS NULL THEN 'unjudged'
        WHEN judged.verdict = 'conflicting_evidence' THEN 'conflicting'
        WHEN judged.verdict = 'not_enough_evidence' THEN 'undecided'
        ELSE judged.verdict
    END AS standing,
    greatest(version.since, coalesce(judged.since, 0)) AS since,
    least(version.until, coalesce(judged.until, 2147483647)) AS until,
    count(*) AS claims
FROM version
JOIN claim USING (document_key)
LEFT JOIN judged ON judged.claim_id = claim.claim_id AND judged.since < version.until AND version.since < judged.until
GROUP BY ALL

-- @runs
-- $run. Runs that ended well, up to this one.
SELECT run_number, run_id, started, version, model, lexicon, packages::VARCHAR AS packages
FROM run WHERE run_number <= $run AND (status = 'finished' OR run_number = $run) ORDER BY run_number

-- @changed
-- $before. Claims whose verdict or reason differs from what held after the run $before.
SELECT claim.claim_id, claim.document_key, claim.doc_id, earlier.verdict_key AS before_key,
    claim.verdict_key AS after_key, earlier.verdict AS before, earlier.reason AS reason_before,
    claim.verdict AS after, claim.reason AS reason_after, earlier.rule IS DISTINCT FROM later.rule AS rule_changed,
    count(*) OVER () AS changes
FROM overview_claim AS claim
JOIN (SELECT claim_id, max(verdict_key) AS verdict_key FROM verdict WHERE run_number <= $before GROUP BY claim_id)
    AS held USING (claim_id)
JOIN verdict AS earlier ON earlier.verdict_key = held.verdict_key
LEFT JOIN verdict AS later ON later.verdict_key = claim.verdict_key
WHERE earlier.verdict_key <> claim.verdict_key
    AND (earlier.verdict IS DISTINCT FROM claim.verdict OR earlier.reason IS DISTINCT FROM claim.reason)
ORDER BY claim.grade, claim.doc_id, claim.position
LIMIT $limit

-- @moves
-- $before. The same claims counted by what they were and what they became.
SELECT earlier.verdict AS before, claim.verdict AS after, count(*) AS claims
FROM overview_claim AS claim
JOIN (SELECT claim_id, max(verdict_key) AS verdict_key FROM verdict WHERE run_number <= $before GROUP BY claim_id)
    AS held USING (claim_id)
JOIN verdict AS earlier ON earlier.verdict_key = held.verdict_key
WHERE earlier.verdict IS DISTINCT FROM claim.verdict
GROUP BY ALL ORDER BY claims DESC, before, after

-- @came_and_went
-- $before. Claims that are new since that run, and claims of the same documents that are gone.
WITH earlier AS (
    SELECT DISTINCT claim.claim_id
    FROM (
        SELECT arg_max(document_key, run_number) AS document_key FROM run_document
        WHERE run_number <= $before AND doc_id IN (SELECT doc_id FROM overview_document)
        GROUP BY doc_id
    )
    JOIN claim USING (document_key)
)
SELECT
    (SELECT count(*) FROM overview_claim ANTI JOIN earlier USING (claim_id)) AS new_claims,
    (SELECT count(*) FROM earlier ANTI JOIN overview_claim USING (claim_id)) AS gone_claims,
    (SELECT count(*) FROM overview_document WHERE doc_id NOT IN
        (SELECT doc_id FROM run_document WHERE run_number <= $before)) AS new_documents

-- @coverage
-- expressions that ended alike, what is unresolved first, then the most frequent
SELECT status, reason,
    coalesce(sum(expressions) FILTER (NOT timed), 0)::BIGINT AS numbers,
    coalesce(sum(expressions) FILTER (timed), 0)::BIGINT AS times,
    max_by(example, expressions) AS example
FROM (
    SELECT mention.status, coalesce(mention.reason, 'no reason') AS reason,
        mention.kind IN ('date', 'time', 'set') AS timed, count(*) AS expressions,
        min_by(substr(mention.text, 1, 200), (document.position, mention.position)) AS example
    FROM mention
    JOIN overview_document AS document USING (document_key)
    WHERE mention.listed
    GROUP BY ALL
)
GROUP BY status, reason
ORDER BY status <> 'unresolved', numbers + times DESC, reason

-- @gaps
-- $limit. The most wanted rows: claims that no row decides, by the link that failed (reference_gaps.sql).
SELECT
    CASE
        WHEN reason = 'no_measure' THEN 'measure'
        WHEN reason IN ('no_place', 'place_mismatch') THEN 'place'
        WHEN reason IN ('no_time', 'as_of_bound') THEN 'time'
        ELSE 'row'
    END AS link,
    coalesce(measure, noun, CASE WHEN kind = 'event' THEN 'event: ' || coalesce(predicate, kind) END) AS measure,
    coalesce(gazetteer.name, place) AS place,
    year(date_start) AS year,
    count(*) AS claims,
    count(DISTINCT doc_id) AS documents,
    min_by(claim_id, (doc_id, start_offset)) AS claim_id,
    min_by(document_key, (doc_id, start_offset)) AS document_key,
    count(*) OVER () AS lines,
    sum(count(*)) OVER () AS claims_in_all
FROM overview_claim
LEFT JOIN (
    SELECT resource || ':' || row_id AS key, any_value(name) AS name FROM reference_row
    WHERE kind = 'gazetteer' AND measure = '' GROUP BY ALL
) AS gazetteer ON gazetteer.key = overview_claim.place
WHERE verdict = 'not_enough_evidence'
    AND reason IN ('no_measure', 'no_place', 'place_mismatch', 'no_time', 'as_of_bound', 'no_reference')
GROUP BY ALL
ORDER BY max(CASE WHEN reason = 'no_measure' THEN 1 ELSE 0 END), claims DESC, documents DESC, link, 2, 3, 4
LIMIT $limit

-- @findings
SELECT kind, count(*) FILTER (status = 'problem') AS problems, count(*) FILTER (status = 'ok') AS ok
FROM finding JOIN overview_document USING (document_key)
GROUP BY kind ORDER BY problems DESC, ok DESC, kind

-- @problems
-- $limit
SELECT document.document_key, document.doc_id, document.title, finding.kind, substr(finding.text, 1, 600) AS text,
    finding.explanation,
    row_number() OVER (PARTITION BY document.document_key ORDER BY finding.position) AS number
FROM finding
JOIN overview_document AS document USING (document_key)
WHERE finding.status = 'problem'
ORDER BY document.position, finding.position
LIMIT $limit

-- @quarantine
-- $limit
SELECT path, doc_id, stage, reason, count(*) OVER () AS documents
FROM inbox_failure ORDER BY path, doc_id, reason LIMIT $limit

-- @figures
-- dated figures of places that have at least three of a measure, with the place's name
WITH figure AS (
    SELECT package, measure, list_aggregate(places, 'first') AS place,
        list_aggregate(place_names, 'first') AS place_name, resource || ':' || row_id AS row_key, row_id, unit, low, best, high, actor,
        coalesce(as_of_start, first_start) AS date_start, coalesce(as_of_end, last_end, first_end) AS date_end,
        source, publisher, url, confidence
    FROM reference_rows
    WHERE kind = 'figure' AND measure IS NOT NULL AND coalesce(low, best, high) IS NOT NULL
        AND coalesce(as_of_start, first_start) IS NOT NULL
    GROUP BY ALL
)
SELECT *, count(*) OVER own AS figures
FROM figure
WINDOW own AS (PARTITION BY package, measure, place)
QUALIFY count(*) OVER own >= $least
ORDER BY package, measure, place, date_start, date_end, row_id

-- @met
-- $rows ("resource:row_id"), $groups (the series of each), $limit. The claims that met figures of a series,
-- those that a picture can show first.
WITH wanted AS (SELECT unnest($rows::VARCHAR[]) AS row_key, unnest($groups::INTEGER[]) AS series),
met AS (
    SELECT DISTINCT wanted.series, claim.claim_id, claim.document_key, claim.dated, claim.grade, claim.doc_id,
        claim.position
    FROM overview_claim AS claim
    JOIN evidence USING (verdict_key)
    JOIN wanted ON wanted.row_key = evidence.resource || ':' || evidence.row_id
    WHERE claim.judged AND claim.kind IN ('quantity', 'rank')
)
SELECT series, claim_id, document_key, count(*) OVER (PARTITION BY series) AS claims
FROM met
QUALIFY row_number() OVER (PARTITION BY series ORDER BY dated DESC, grade, doc_id, position) <= $limit
ORDER BY series, dated DESC, grade, doc_id, position
