-- The sum by which a verdict was decided, for a pencil, as `likely` has that of a likely one.
ALTER TABLE verdict ADD COLUMN waterfall JSON;
