-- The views that people read. They are made anew whenever this file or comments.toml changes.

-- Plumbing of the other views: which version of a document is current, which verdict of a claim is. A snapshot,
-- where nothing changes any more, holds latest_version, latest_verdict and claims as tables (store/copying.py).
CREATE VIEW latest_version AS
SELECT arg_max(document_key, run_number) AS document_key, max(run_number) AS last_run
FROM run_document
GROUP BY doc_id
ORDER BY document_key;

CREATE VIEW current_document AS
SELECT document.*, latest_version.last_run
FROM document
JOIN latest_version USING (document_key);

CREATE VIEW latest_verdict AS
SELECT claim.rowid AS claim_row, max(verdict.verdict_key) AS verdict_key
FROM claim
JOIN verdict USING (claim_id)
GROUP BY ALL
ORDER BY claim_row;

CREATE VIEW current_verdict AS
SELECT verdict.*
FROM verdict
WHERE verdict_key IN (SELECT verdict_key FROM latest_verdict);

-- What a reader asks first: every claim of every document as it stands, with its verdict.
CREATE VIEW claims AS
SELECT
    claim.claim_id,
    document.doc_id,
    document.title AS document,
    document.date AS document_date,
    claim.kind,
    claim.text,
    verdict.verdict,
    verdict.reason,
    verdict.explanation,
    -- verdicts of databases from before schema 7 say no stage
    coalesce(verdict.stage, CASE
        WHEN verdict.verdict <> 'not_enough_evidence' THEN 'decided'
        WHEN verdict.reason = 'not_asserted' THEN 'not_asserted'
        WHEN verdict.reason IN ('no_measure', 'unit_mismatch') THEN 'not_linked'
        WHEN verdict.verdict IS NOT NULL THEN 'no_row'
    END) AS stage,
    verdict.unexplained,
    verdict.attribution,
    coalesce(review.verdict, verdict.verdict) AS verdict_final,
    json_extract_string(verdict.likely, '$.verdict') AS likely_verdict,
    verdict.probability,
    review.state AS review,
    review.assignee,
    review.reviewed_row,
    claim.measure,
    CASE WHEN claim.measure IN (SELECT measure FROM measure) THEN claim.measure END AS measure_id,
    claim.value,
    claim.low,
    claim.high,
    claim.value::DOUBLE AS value_double,
    claim.low::DOUBLE AS low_double,
    claim.high::DOUBLE AS high_double,
    claim.comparator,
    claim.unit,
    claim.noun,
    claim.timex,
    claim.date_start,
    claim.date_end,
    claim.time_relation,
    claim.anchor,
    claim.place_text AS place,
    claim.place_id,
    claim.actor_text AS actor,
    claim.actor_id,
    claim.subject_text AS subject,
    claim.subject_id,
    claim.speaker_text AS speaker,
    claim.speaker_id,
    claim.asserted,
    claim.hedge,
    claim.predicate,
    claim.start_offset,
    claim.end_offset,
    CASE WHEN json_array_length(document.pages) > 0 THEN
        len(list_filter(document.pages::INTEGER[], lambda start: start <= claim.start_offset))
    END AS page,
    substr(document.text, claim.context_start + 1, claim.context_end - claim.context_start) AS sentence,
    claim.part_of,
    claim.rule,
    verdict.rule AS verdict_rule,
    run.run_id AS verdict_run
FROM claim
JOIN current_document AS document USING (document_key)
LEFT JOIN latest_verdict AS latest ON latest.claim_row = claim.rowid
LEFT JOIN verdict USING (verdict_key)
LEFT JOIN run ON run.run_number = verdict.run_number
LEFT JOIN review ON review.claim_id = claim.claim_id
ORDER BY document.doc_id, claim.position;

-- What is likely where nothing is decided: what a reviewer confirms or rejects first.
CREATE VIEW likely AS
SELECT
    claims.claim_id,
    claims.doc_id,
    claims.text,
    claims.likely_verdict,
    claims.probability,
    json_extract_string(verdict.likely, '$.rows[0][1]') AS resource,
    json_extract_string(verdict.likely, '$.rows[0][2]') AS row_id,
    claims.value,
    json_extract_string(verdict.likely, '$.rows[0][6]')::DECIMAL(38, 9) AS best,
    json_extract_string(verdict.likely, '$.rows[0][22]') AS unit,
    claims.sentence
FROM claims
JOIN current_verdict AS verdict ON verdict.claim_id = claims.claim_id
WHERE claims.likely_verdict IS NOT NULL
ORDER BY claims.likely_verdict <> 'refuted', claims.probability DESC, claims.claim_id;

-- The rows that come nearest to each claim that is not decided, in order.
CREATE VIEW near_rows AS
SELECT
    claim_id,
    doc_id,
    text,
    (json_extract(near, '$[0]')::INTEGER + 1) AS rank,
    json_extract_string(near, '$[1]') AS resource,
    json_extract_string(near, '$[2]') AS row_id,
    json_extract(near, '$[24]')::DOUBLE AS probability,
    json_extract_string(near, '$[4]') AS relation,
    json_extract_string(near, '$[6]')::DECIMAL(38, 9) AS best,
    json_extract_string(near, '$[22]') AS unit,
    json_extract_string(near, '$[14]') AS name
FROM (
    SELECT claims.claim_id, claims.doc_id, claims.text, unnest(json_extract(verdict.suggestions, '$[*]')) AS near
    FROM claims
    JOIN current_verdict AS verdict ON verdict.claim_id = claims.claim_id
)
ORDER BY doc_id, claim_id, rank;

-- The same for a person who reads it: a dozen columns, numbers as they are said, names and no keys.
CREATE VIEW claims_short AS
SELECT
    said.doc_id,
    CASE WHEN length(said.line) > 200 THEN left(said.line, 199) || '…' ELSE said.line END AS text,
    said.verdict,
    said.likely_verdict AS likely,
    said.probability,
    said.reason,
    said.measure,
    CASE
        WHEN said.low = said.high THEN said.lowest
        ELSE coalesce(said.lowest || ' to ' || said.highest, said.lowest || ' or more', said.highest || ' or less')
    END AS number,
    coalesce(said.unit, said.noun) AS counted,
    said.date_start,
    said.date_end,
    coalesce(gazetteer.name, said.place) AS place,
    said.speaker,
    said.explanation,
    said.claim_id
FROM (
    SELECT
        *,
        trim(regexp_replace(text, '\s+', ' ', 'g')) AS line,
        rtrim(rtrim(low::VARCHAR, '0'), '.') AS lowest,
        rtrim(rtrim(high::VARCHAR, '0'), '.') AS highest
    FROM claims
) AS said
LEFT JOIN (
    SELECT resource || ':' || row_id AS id, min(name) AS name
    FROM reference_row
    WHERE kind = 'gazetteer' AND measure = ''
    GROUP BY ALL
) AS gazetteer ON gazetteer.id = said.place_id
ORDER BY said.doc_id, said.start_offset, said.claim_id;

CREATE VIEW claims_history AS
SELECT
    claim.claim_id,
    document.doc_id,
    document.sha256,
    run.run_id AS first_run,
    current_document.document_key IS NOT NULL AS current,
    claim.kind,
    claim.text,
    claim.measure,
    claim.low,
    claim.high,
    claim.date_start,
    claim.date_end,
    claim.rule
FROM claim
JOIN document USING (document_key)
LEFT JOIN current_document USING (document_key)
LEFT JOIN run ON run.run_number = document.first_run
ORDER BY document.doc_id, document.document_key, claim.position;

CREATE VIEW verdicts_history AS
SELECT
    verdict.claim_id,
    run.run_id,
    TRY_CAST(run.started AS TIMESTAMP) AS run_started,
    verdict.verdict,
    verdict.reason,
    verdict.explanation,
    verdict.rule,
    lag(verdict.verdict) OVER claims_own AS previous_verdict,
    lag(verdict.reason) OVER claims_own AS previous_reason,
    lead(verdict.verdict_key) OVER claims_own IS NULL AS current,
    verdict.verdict_key
FROM verdict
JOIN run USING (run_number)
WINDOW claims_own AS (PARTITION BY verdict.claim_id ORDER BY verdict.verdict_key)
ORDER BY verdict.claim_id, verdict.verdict_key;

CREATE VIEW evidence_rows AS
SELECT
    claims.claim_id,
    claims.doc_id,
    claims.text,
    claims.verdict,
    claims.reason,
    evidence.relation,
    evidence.resource,
    evidence.row_id,
    evidence.name,
    evidence.low,
    evidence.best,
    evidence.high,
    evidence.date_start,
    evidence.date_end,
    evidence.as_of,
    evidence.note,
    evidence.own,
    evidence.source_id,
    evidence.source,
    evidence.reported_by,
    evidence.url,
    evidence.confidence,
    evidence.quote,
    evidence.sql
FROM evidence
JOIN current_verdict USING (verdict_key)
JOIN claims USING (claim_id)
ORDER BY claims.doc_id, claims.start_offset, claims.claim_id, evidence.position;

CREATE VIEW mentions AS
SELECT
    document.doc_id,
    mention.start_offset,
    mention.end_offset,
    mention.text,
    mention.kind,
    mention.value,
    mention.low,
    mention.high,
    mention.comparator,
    mention.unit,
    mention.noun,
    mention.timex,
    mention.edtf,
    mention.date_start,
    mention.date_end,
    mention.inferred,
    mention.anchor,
    mention.status,
    mention.reason,
    mention.rule
FROM mention
JOIN current_document AS document USING (document_key)
WHERE mention.listed
ORDER BY document.doc_id, mention.position;

CREATE VIEW ledger AS
SELECT
    document.doc_id,
    count(*) AS expressions,
    count(*) FILTER (mention.status = 'claim') AS in_claims,
    count(*) FILTER (mention.status = 'not_claim') AS not_claims,
    count(*) FILTER (mention.status = 'unresolved') AS unresolved,
    coalesce(list(DISTINCT mention.reason ORDER BY mention.reason)
        FILTER (mention.status = 'not_claim' AND mention.reason IS NOT NULL), []) AS not_claim_reasons,
    coalesce(list(DISTINCT mention.reason ORDER BY mention.reason)
        FILTER (mention.status = 'unresolved' AND mention.reason IS NOT NULL), []) AS unresolved_reasons
FROM mention
JOIN current_document AS document USING (document_key)
WHERE mention.listed
GROUP BY document.doc_id
ORDER BY document.doc_id;

CREATE VIEW ledger_reasons AS
SELECT
    document.doc_id,
    mention.status,
    mention.reason,
    count(*) AS expressions,
    min_by(mention.text, mention.position) AS example
FROM mention
JOIN current_document AS document USING (document_key)
WHERE mention.listed
GROUP BY document.doc_id, mention.status, mention.reason
ORDER BY document.doc_id, mention.status, expressions DESC, mention.reason;

CREATE VIEW findings AS
SELECT
    document.doc_id,
    finding.kind,
    finding.status,
    finding.text,
    finding.explanation,
    finding.start_offset,
    finding.end_offset
FROM finding
JOIN current_document AS document USING (document_key)
ORDER BY document.doc_id, finding.status DESC, finding.position;

CREATE VIEW told_incidents AS
SELECT
    doc_id,
    told.day,
    told.place,
    told.killed_low,
    told.killed_high,
    told.injured_low,
    told.injured_high,
    told.sources AS told_by,
    told.claims AS claim_ids
FROM (
    SELECT
        doc_id,
        unnest(from_json(incidents, '[{"day": "DATE", "place": "VARCHAR", "killed_low": "DECIMAL(38, 9)",
            "killed_high": "DECIMAL(38, 9)", "injured_low": "DECIMAL(38, 9)", "injured_high": "DECIMAL(38, 9)",
            "sources": ["VARCHAR"], "claims": ["VARCHAR"]}]')) AS told
    FROM current_document
)
ORDER BY doc_id, told.day;

CREATE VIEW documents AS
SELECT
    document.doc_id,
    document.title,
    document.author,
    document.publisher,
    document.address,
    document.date,
    document.date_origin,
    document.about,
    document.path,
    document.media_type,
    document.encoding,
    document.sha256,
    length(document.text) AS characters,
    (SELECT count(*) FROM claim WHERE claim.document_key = document.document_key) AS claims,
    (SELECT count(*) FROM finding
        WHERE finding.document_key = document.document_key AND finding.status = 'problem') AS problems,
    (SELECT count(*) FROM document AS other WHERE other.doc_id = document.doc_id) AS versions,
    first_run.run_id AS first_run,
    last_run.run_id AS last_run
FROM current_document AS document
LEFT JOIN run AS first_run ON first_run.run_number = document.first_run
LEFT JOIN run AS last_run ON last_run.run_number = document.last_run
ORDER BY document.doc_id;

CREATE VIEW runs AS
SELECT
    run_id,
    status,
    TRY_CAST(started AS TIMESTAMP) AS started,
    TRY_CAST(finished AS TIMESTAMP) AS finished,
    documents,
    new_documents,
    changed_documents,
    unchanged_documents,
    claims,
    new_verdicts,
    version,
    model,
    lexicon,
    packages
FROM run
ORDER BY run_number DESC;

CREATE VIEW quarantine AS
SELECT
    failure.path,
    failure.doc_id,
    failure.stage,
    failure.reason,
    first_run.run_id AS first_run,
    last_run.run_id AS last_run
FROM inbox_failure AS failure
LEFT JOIN run AS first_run ON first_run.run_number = failure.first_run
LEFT JOIN run AS last_run ON last_run.run_number = failure.last_run
ORDER BY failure.path, failure.doc_id;

CREATE VIEW run_documents AS
SELECT
    run.run_id,
    run_document.doc_id,
    run_document.change,
    document.sha256
FROM run_document
JOIN run USING (run_number)
JOIN document USING (document_key)
ORDER BY run.run_number DESC, run_document.position;

-- The reference tables as they were published last.
CREATE VIEW packages AS
SELECT
    package,
    title,
    digest,
    path,
    resources,
    loaded_at,
    (SELECT count(*) FROM reference_row WHERE reference_row.package = reference_package.package) AS rows
FROM reference_package
ORDER BY package;

CREATE VIEW measures AS
SELECT
    package,
    measure,
    type,
    (SELECT coalesce(list(word ORDER BY rank), []) FROM measure_word
        WHERE measure_word.package = measure.package AND measure_word.measure = measure.measure) AS words,
    coalesce(says, []) AS says,
    part_of,
    coalesce(counts, []) AS counts,
    coalesce(revised, false) AS revised,
    vague,
    learned,
    (SELECT count(*) FROM reference_row
        WHERE reference_row.package = measure.package AND reference_row.measure = measure.measure) AS rows
FROM measure
ORDER BY package, measure;

CREATE VIEW sources AS
SELECT
    package,
    source_id,
    title,
    publisher,
    date_start,
    date_end,
    url,
    (SELECT count(*) FROM reference_row
        WHERE reference_row.package = source.package AND reference_row.source_id = source.source_id) AS rows
FROM source
ORDER BY package, source_id;

CREATE VIEW reference_rows AS
SELECT
    reference_row.package,
    reference_row.resource,
    reference_row.row_id,
    reference_row.kind,
    reference_row.entity,
    reference_row.name,
    reference_row.label,
    nullif(reference_row.measure, '') AS measure,
    coalesce(reference_row.measure_type, measure.type) AS measure_type,
    reference_row.unit,
    reference_row.low,
    reference_row.best,
    reference_row.high,
    coalesce(places.places, []) AS places,
    coalesce(places.place_names, []) AS place_names,
    coalesce(names.names, []) AS names,
    reference_row.actor,
    reference_row.first_start,
    reference_row.first_end,
    reference_row.last_start,
    reference_row.last_end,
    reference_row.as_of_start,
    reference_row.as_of_end,
    reference_row.number,
    reference_row.series,
    reference_row.source_id,
    coalesce(reference_row.source, source.title) AS source,
    source.publisher,
    reference_row.reported_by,
    coalesce(reference_row.url, source.url) AS url,
    reference_row.confidence,
    reference_row.quote,
    reference_row.origins,
    reference_row.destinations,
    reference_row.event,
    reference_row.complete,
    reference_row.raw
FROM reference_row
LEFT JOIN measure USING (package, measure)
LEFT JOIN source USING (package, source_id)
LEFT JOIN (
    SELECT
        reference_place.package,
        reference_place.resource,
        reference_place.row_id,
        reference_place.measure,
        list(reference_place.place ORDER BY reference_place.rank) AS places,
        list(coalesce(gazetteer.name, reference_place.place) ORDER BY reference_place.rank) AS place_names
    FROM reference_place
    LEFT JOIN reference_row AS gazetteer
        ON gazetteer.package = reference_place.package
        AND gazetteer.kind = 'gazetteer'
        AND gazetteer.measure = ''
        AND gazetteer.resource || ':' || gazetteer.row_id = reference_place.place
    GROUP BY ALL
) AS places USING (package, resource, row_id, measure)
LEFT JOIN (
    SELECT package, resource, row_id, list(name ORDER BY rank) AS names
    FROM reference_name
    GROUP BY ALL
) AS names USING (package, resource, row_id);

CREATE VIEW events AS
SELECT package, resource, row_id, name, names, place_names, actor, first_start, first_end, last_start, last_end,
    number, series, source_id, source, url, confidence
FROM reference_rows
WHERE kind = 'event'
ORDER BY first_start, package, resource, row_id;

CREATE VIEW figures AS
SELECT package, resource, row_id, measure, measure_type, unit, low, best, high, low::DOUBLE AS low_double,
    best::DOUBLE AS best_double, high::DOUBLE AS high_double, places[1] AS place_id, place_names, actor,
    first_start, last_end, as_of_start, as_of_end, source_id, source, reported_by, url, confidence, quote
FROM reference_rows
WHERE kind = 'figure'
ORDER BY measure, coalesce(as_of_start, first_start), package, resource, row_id;

CREATE VIEW incidents AS
SELECT package, resource, row_id, label, measure, unit, low, best, high, place_names, actor,
    first_start, first_end, last_start, last_end, source_id, source, reported_by, url, confidence, quote,
    complete
FROM reference_rows
WHERE kind = 'incident'
ORDER BY first_start, package, resource, row_id, measure;

CREATE VIEW places AS
SELECT package, resource, row_id, name, names,
    list_filter(places, lambda place: place <> resource || ':' || row_id) AS within,
    list_filter(place_names, lambda place, rank: places[rank] <> resource || ':' || row_id) AS within_names,
    source_id, source, url, confidence
FROM reference_rows
WHERE kind = 'gazetteer' AND entity IS DISTINCT FROM 'organisation'
ORDER BY package, resource, row_id;

CREATE VIEW organisations AS
SELECT package, resource, row_id, name, names, first_start AS founded_from, first_end AS founded_to, source_id, source,
    url, confidence
FROM reference_rows
WHERE kind = 'gazetteer' AND entity = 'organisation'
ORDER BY package, resource, row_id;

-- Which row a curator should add next: claims that met no row, by the link that failed.
CREATE VIEW gaps AS
SELECT
    reason,
    coalesce(measure, noun) AS measure,
    coalesce(gazetteer.name, place) AS place,
    year(date_start) AS year,
    count(*) AS claims,
    count(DISTINCT doc_id) AS documents,
    min_by(claim_id, (doc_id, start_offset)) AS example_id,
    min_by(text, (doc_id, start_offset)) AS example
FROM claims
LEFT JOIN (
    SELECT resource || ':' || row_id AS id, min(name) AS name
    FROM reference_row
    WHERE kind = 'gazetteer' AND measure = ''
    GROUP BY ALL
) AS gazetteer ON gazetteer.id = claims.place_id
WHERE verdict = 'not_enough_evidence' AND starts_with(reason, 'no_')
GROUP BY ALL
ORDER BY claims DESC, documents DESC, reason, measure, place, year;

-- Figures and the claims about the same measure, in the order of time.
CREATE VIEW measures_over_time AS
SELECT
    measure,
    coalesce(as_of_start, last_start, first_start) AS day,
    'figure' AS origin,
    low,
    best,
    high,
    list_aggregate(place_names, 'first') AS place,
    actor,
    coalesce(source, source_id) AS said_by,
    NULL AS verdict,
    package || '/' || resource || ':' || row_id AS reference
FROM reference_rows
WHERE kind = 'figure'
UNION ALL
SELECT
    measure,
    coalesce(date_end, date_start, document_date) AS day,
    'claim' AS origin,
    low,
    value AS best,
    high,
    place,
    actor,
    coalesce(speaker, document, doc_id) AS said_by,
    verdict,
    claim_id AS reference
FROM claims
WHERE asserted AND measure IS NOT NULL AND kind IN ('quantity', 'rank')
ORDER BY measure, day, origin, reference;

-- What reviewers decided, beside the verdict that the tables give the claim now.
CREATE VIEW decisions AS
SELECT
    decision.decision_id,
    TRY_CAST(decision.decided_at AS TIMESTAMP) AS decided_at,
    decision.reviewer,
    decision.kind,
    decision.verdict,
    decision.made_on,
    current_verdict.verdict AS verdict_now,
    decision.row_answers,
    decision.resource,
    decision.row_id,
    decision.note,
    decision.undoes,
    EXISTS (SELECT 1 FROM decision AS later WHERE later.undoes = decision.decision_id) AS taken_back,
    decision.claim_id,
    decision.doc_id,
    decision.text
FROM decision
LEFT JOIN current_verdict USING (claim_id)
ORDER BY decision.decision_number;
