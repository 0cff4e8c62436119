-- The claims of two runs whose verdicts differ, and through what. $before, $after: run numbers.
-- A run stands for every document as it was by then: what a run left untouched it does not list. A run's verdict
-- on a claim is the latest that this run or an earlier one gave. `rows`: the rows that decide in
-- one of the two only, "+" in the later one; rows whose numbers or dates changed stand on both sides.
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
    SELECT version.side, version.doc_id, claim.claim_id, claim.text, max(verdict.verdict_key) AS verdict_key
    FROM version
    JOIN claim USING (document_key)
    JOIN verdict ON verdict.claim_id = claim.claim_id AND verdict.run_number <= version.run_number
    GROUP BY ALL
),
deciding AS (
    SELECT
        evidence.verdict_key,
        evidence.resource || ':' || evidence.row_id || ' ' || evidence.relation AS shown,
        concat_ws('|', evidence.resource, evidence.row_id, evidence.relation, evidence.low, evidence.best,
            evidence.high, evidence.date_start, evidence.date_end, evidence.as_of) AS exact
    FROM evidence
    WHERE evidence.relation <> 'neutral'
),
pair AS (
    SELECT
        coalesce(later.doc_id, earlier.doc_id) AS doc_id,
        coalesce(later.claim_id, earlier.claim_id) AS claim_id,
        coalesce(later.text, earlier.text) AS text,
        earlier.verdict_key AS earlier_key,
        later.verdict_key AS later_key
    FROM (FROM judged WHERE side = 'before') AS earlier
    FULL JOIN (FROM judged WHERE side = 'after') AS later USING (doc_id, claim_id)
    WHERE earlier.verdict_key IS DISTINCT FROM later.verdict_key
)
SELECT
    pair.doc_id,
    pair.claim_id,
    pair.text,
    earlier.verdict AS before,
    earlier.reason AS reason_before,
    later.verdict AS after,
    later.reason AS reason_after,
    CASE WHEN earlier.rule IS DISTINCT FROM later.rule THEN concat_ws(' -> ', earlier.rule, later.rule) END AS rule,
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
