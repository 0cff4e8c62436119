-- What is likely where nothing is decided, and how sure a verdict is; the unit in which a row's numbers are given.

ALTER TABLE verdict ADD COLUMN probability DOUBLE;
ALTER TABLE verdict ADD COLUMN likely JSON;
ALTER TABLE evidence ADD COLUMN unit VARCHAR;
