-- What a comparison says of which operands, as it was read and linked.

ALTER TABLE claim ADD COLUMN comparison JSON;
