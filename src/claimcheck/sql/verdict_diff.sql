-- The claims of two runs whose verdicts differ, and through what. $before, $after: run numbers.
-- A run stands for every document as it was by then: what a run left untouched it does not list. A run's verdict
-- on a claim is the latest that this run or an earlier one gave. A claim that was read anew has another id: it is
-- paired by the place of its number or date, and `reading` says how it was read. `rows`: the rows that decide
-- in one of the two only, "+" in the later one, with what they say; a row that says something else now stands on
-- both sides.
WITH side AS (
    SELECT unnest(['before', 'after']) AS side, unnest([$before, $after]) AS run_number
),
version AS (
    SELECT side.side, side.run_number, run_document.doc_id,
        arg_max(run_document.document_key, run_document.run_number) AS document_key
    FROM side
    JOIN run_document ON run_document.run_number <= side.run_number
    GROUP BY ALL
),
judged AS (
    SELECT
        version.side, version.doc_id, claim.claim_id, claim.text,
        concat_ws(' ', claim.kind, coalesce(claim.quantity_start, claim.time_start, claim.start_offset)) AS place,
        concat_ws(', ', claim.measure,
            CASE WHEN claim.quantity_start IS NOT NULL THEN
                format('[{}, {}]',
                    coalesce(regexp_replace(claim.low::VARCHAR, '\.?0+$', ''), '–'),
                    coalesce(regexp_replace(claim.high::VARCHAR, '\.?0+$', ''), '–'))
            END,
            claim.timex, claim.place_text, CASE WHEN NOT claim.asserted THEN 'not asserted' END) AS reading,
        max(verdict.verdict_key) AS verdict_key
    FROM version
    JOIN claim USING (document_key)
    JOIN verdict ON verdict.claim_id = claim.claim_id AND verdict.run_number <= version.run_number
    GROUP BY ALL
),
earlier AS (FROM judged WHERE side = 'before'),
later AS (FROM judged WHERE side = 'after'),
lost AS (FROM earlier ANTI JOIN later USING (doc_id, claim_id)),
gained AS (FROM later ANTI JOIN earlier USING (doc_id, claim_id)),
pair AS (
    SELECT doc_id, claim_id, later.text, earlier.verdict_key AS earlier_key, later.verdict_key AS later_key,
        NULL AS reading
    FROM earlier JOIN later USING (doc_id, claim_id)
    WHERE earlier.verdict_key <> later.verdict_key
    UNION ALL
    SELECT doc_id, coalesce(gained.claim_id, lost.claim_id), coalesce(gained.text, lost.text),
        lost.verdict_key, gained.verdict_key,
        CASE WHEN lost.reading <> gained.reading THEN concat_ws(' -> ', lost.reading, gained.reading) END
    FROM lost FULL JOIN gained USING (doc_id, place)
),
deciding AS (
    SELECT
        evidence.verdict_key,
        concat(
            evidence.resource, ':', evidence.row_id, ' ', evidence.relation, ' (',
            regexp_replace(regexp_replace(CASE
                WHEN evidence.low IS NULL AND evidence.high IS NULL THEN evidence.best::VARCHAR
                WHEN evidence.low = evidence.high THEN evidence.low::VARCHAR
                ELSE concat(coalesce(evidence.low::VARCHAR, '–'), ' to ', coalesce(evidence.high::VARCHAR, '–'))
            END, '(\.\d*?)0+\b', '\1', 'g'), '\.( |$)', '\1', 'g'),
            CASE WHEN evidence.low IS NULL AND evidence.best IS NULL AND evidence.high IS NULL THEN
                concat_ws(' to ', evidence.date_start, nullif(evidence.date_end, evidence.date_start))
            END,
            ')'
        ) AS shown,
        concat_ws('|', evidence.resource, evidence.row_id, evidence.relation, evidence.low, evidence.best,
            evidence.high, evidence.date_start, evidence.date_end, evidence.as_of) AS exact
    FROM evidence
    WHERE evidence.relation <> 'neutral'
)
SELECT
    pair.doc_id,
    pair.claim_id,
    pair.text,
    earlier.verdict AS before,
    earlier.reason AS reason_before,
    later.verdict AS after,
    later.reason AS reason_after,
    CASE WHEN earlier.rule <> later.rule THEN concat_ws(' -> ', earlier.rule, later.rule) END AS rule,
    pair.reading,
    list_concat(
        (SELECT coalesce(list('- ' || shown ORDER BY shown), []) FROM deciding WHERE verdict_key = pair.earlier_key
            AND exact NOT IN (SELECT exact FROM deciding WHERE verdict_key = pair.later_key)),
        (SELECT coalesce(list('+ ' || shown ORDER BY shown), []) FROM deciding WHERE verdict_key = pair.later_key
            AND exact NOT IN (SELECT exact FROM deciding WHERE verdict_key = pair.earlier_key))
    ) AS rows
FROM pair
LEFT JOIN verdict AS earlier ON earlier.verdict_key = pair.earlier_key
LEFT JOIN verdict AS later ON later.verdict_key = pair.later_key
WHERE earlier.verdict IS DISTINCT FROM later.verdict OR earlier.reason IS DISTINCT FROM later.reason
ORDER BY pair.doc_id, pair.claim_id
