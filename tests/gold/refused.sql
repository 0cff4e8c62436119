-- Statements that the query door refuses, one a line: `tests/test_query.py`, which puts a folder for "{folder}".

-- files of the disk
COPY claims TO 'out.csv'
COPY (SELECT 1) TO '{folder}/out.parquet'
COPY claim FROM 'secret.csv'
EXPLAIN ANALYZE COPY claims TO 'out.csv'
EXPLAIN (ANALYZE) COPY claims TO 'out.csv'
EXPLAIN/**/ANALYZE COPY claims TO 'out.csv'
EXPORT DATABASE 'out'
IMPORT DATABASE 'out'
ATTACH 'out.duckdb'
ATTACH '{folder}/claims.duckdb' AS original
ATTACH ':memory:' AS elsewhere
DETACH claims
SELECT * FROM 'secret.csv'
SELECT * FROM '{folder}/secret.json'
SELECT * FROM read_csv('secret.csv')
SELECT * FROM read_csv(['secret.csv'])
SELECT * FROM read_csv_auto('/etc/passwd')
SELECT * FROM read_text('/etc/passwd')
SELECT * FROM read_blob('secret.*')
SELECT * FROM read_json('secret.json')
SELECT * FROM read_parquet('secret.parquet')
SELECT * FROM read_duckdb('{folder}/claims.duckdb')
SELECT * FROM parquet_metadata('secret.parquet')
SELECT * FROM sniff_csv('secret.csv')
SELECT * FROM glob('*')
SELECT * FROM query('SELECT * FROM read_text(''secret.csv'')')
SELECT * FROM query_table('secret.csv')
SELECT * FROM json_execute_serialized_sql(json_serialize_sql('FROM read_text(''secret.csv'')'))
SELECT (SELECT string_agg(content, '') FROM read_text('secret.csv'))
WITH x AS MATERIALIZED (FROM read_text('secret.csv')) FROM x
SELECT * FROM duckdb_extensions()
SELECT * FROM enable_logging('QueryLog', storage='file', storage_config={{'path': '{folder}/logs'}})
SELECT * FROM enable_profiling(save_location='{folder}/profile.json')
SELECT getenv('HOME')
SELECT * FROM database

-- the network
INSTALL httpfs
LOAD httpfs
FORCE INSTALL spatial FROM 'http://127.0.0.1:9/'
SELECT * FROM 'https://127.0.0.1:9/x.parquet'
SELECT * FROM read_csv('http://127.0.0.1:9/x.csv')
SELECT * FROM read_json('s3://bucket/x.json')
ATTACH 'https://127.0.0.1:9/x.duckdb'
CREATE SECRET (TYPE s3)

-- writing
INSERT INTO finding SELECT * FROM finding
UPDATE claim SET text = 'x'
DELETE FROM claim
TRUNCATE claim
MERGE INTO claim USING claim AS c ON (true) WHEN MATCHED THEN DELETE
DROP VIEW claims
ALTER TABLE claim ADD COLUMN n INTEGER
COMMENT ON TABLE claim IS 'x'
CREATE TABLE t (n INTEGER)
CREATE TEMP TABLE t AS SELECT 1
CREATE MACRO m() AS 1
EXPLAIN ANALYZE CREATE TEMP TABLE t AS SELECT 1
EXPLAIN ANALYZE DELETE FROM claim
/* */ EXPLAIN ANALYZE CREATE TEMP TABLE t AS SELECT 1
WITH x AS (INSERT INTO finding SELECT * FROM finding RETURNING *) FROM x
CHECKPOINT
VACUUM
ANALYZE
BEGIN
COMMIT
USE memory

-- settings, and statements of several
SET enable_external_access = true
SET lock_configuration = false
SET memory_limit = '100GB'
SET VARIABLE x = 1
RESET memory_limit
PRAGMA database_list
PRAGMA memory_limit = '100GB'
PRAGMA json_execute_serialized_sql(json_serialize_sql('SELECT 1'))
CALL pragma_version()
CALL enable_logging()
SELECT * FROM enable_logging()
SELECT * FROM enable_profiling()
SELECT * FROM add_grammar_extension('x')
PREPARE q AS SELECT 1
EXECUTE q
PIVOT claims ON verdict USING count(*)
