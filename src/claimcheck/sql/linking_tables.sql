-- The reference rows by number, and every place that covers each: what candidates are found in.
-- place_key: a place as the tables write it, the keys it stands for, and how far out each lies in its cell
-- ("Douma" 0, "Syria" 1 in "Douma, Syria").
CREATE OR REPLACE TEMP TABLE linked_row AS
SELECT
    row_number() OVER (ORDER BY package, resource, row_id, measure) AS row_number,
    reference_row.* EXCLUDE (raw, beyond),
    CASE WHEN measure = '' THEN json_extract_string(raw, '$.counted_as') END AS counted_as,
    EXISTS (
        SELECT 1 FROM reference_place AS place
        WHERE place.package = reference_row.package AND place.resource = reference_row.resource
            AND place.row_id = reference_row.row_id AND place.measure = reference_row.measure
    ) AS placed
FROM reference_row;

CREATE OR REPLACE TEMP TABLE linked_place AS
SELECT
    row.row_number, place_key.key,
    min(CASE WHEN place.rank = lowest.rank THEN place_key.depth ELSE place_key.depth + 1000 END) AS depth
FROM linked_row AS row
JOIN reference_place AS place USING (package, resource, row_id, measure)
JOIN (
    SELECT package, resource, row_id, measure, min(rank) AS rank FROM reference_place GROUP BY ALL
) AS lowest USING (package, resource, row_id, measure)
JOIN place_key ON place_key.package = row.package AND place_key.place = place.place
GROUP BY ALL;

-- Where what a row counts came from and where it went, of the rows that say so.
CREATE OR REPLACE TEMP TABLE linked_way AS
SELECT DISTINCT way.row_number, place_key.key
FROM (
    SELECT row_number, package, unnest([origins[1], destinations[1]]) AS place
    FROM linked_row
    WHERE origins[1] IS NOT NULL OR destinations[1] IS NOT NULL
) AS way
JOIN place_key ON place_key.package = way.package AND place_key.place = way.place;

-- What a row that is counted may be counted as: what its table counts, and each of its labels; the name of one
-- who took part ("Red Front") is no kind of happening. first_day, last_day: when it was.
CREATE OR REPLACE TEMP TABLE linked_kind AS
SELECT DISTINCT row_number, package, resource, counted_as, kind, first_day, last_day
FROM (
    SELECT
        row_number, package, resource, counted_as, counted_as AS kind,
        first_start AS first_day, coalesce(last_end, first_end) AS last_day
    FROM linked_row
    UNION ALL
    SELECT row_number, package, resource, counted_as, word AS kind, first_day, last_day
    FROM (
        SELECT
            row_number, package, resource, counted_as,
            first_start AS first_day, coalesce(last_end, first_end) AS last_day,
            unnest(list_transform(string_split(label, ','), lambda x: lower(trim(x)))) AS word,
            list_transform(string_split(coalesce(actor, ''), '|'), lambda x: lower(trim(x))) AS actors
        FROM linked_row
    )
    WHERE NOT list_contains(actors, word)
)
WHERE counted_as <> '' AND kind <> '';
