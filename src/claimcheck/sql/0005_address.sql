-- Where a document was published, as a person or the page itself says.

ALTER TABLE document ADD COLUMN address VARCHAR;
