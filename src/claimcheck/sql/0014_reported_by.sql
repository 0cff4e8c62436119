-- Who gives a figure, where another publishes it: "UNICEF", whom the AP quotes.

ALTER TABLE reference_row ADD COLUMN reported_by VARCHAR;
ALTER TABLE evidence ADD COLUMN reported_by VARCHAR;
