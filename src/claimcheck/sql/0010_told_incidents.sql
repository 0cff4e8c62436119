-- What a document tells of each incident over its sources: the view told_incidents reads it.

ALTER TABLE document ADD COLUMN incidents JSON;
