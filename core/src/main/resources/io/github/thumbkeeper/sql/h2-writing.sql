-- SPDX-License-Identifier: Apache-2.0
-- What a writer needs besides h2.sql, for H2 2.x. See docs/writing.md.

-- the reason, if the entry is denied; readers do not need it
ALTER TABLE thumbkeeper_client ADD COLUMN denied VARCHAR(300);

-- One row, which each writer locks: the number of the last change.
CREATE TABLE thumbkeeper_change (
  id      TINYINT DEFAULT 1 PRIMARY KEY CHECK (id = 1),
  version BIGINT NOT NULL
);

INSERT INTO thumbkeeper_change (version) VALUES (0);

-- The history. Writers only insert.
CREATE TABLE thumbkeeper_history (
  version BIGINT PRIMARY KEY,
  changed TIMESTAMP(6) WITH TIME ZONE NOT NULL,
  actor   VARCHAR(300) NOT NULL,
  kind    VARCHAR(20) NOT NULL,
  -- each entry before and after, as docs/writing.md describes
  steps   CHARACTER LARGE OBJECT NOT NULL
);
