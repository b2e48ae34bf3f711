-- SPDX-License-Identifier: Apache-2.0
-- What a writer needs besides postgresql.sql, for PostgreSQL 12 or later. See docs/writing.md.

-- the reason, if the entry is denied; readers do not need it
ALTER TABLE thumbkeeper_client ADD COLUMN denied varchar(300);

-- One row, which each writer locks: the number of the last change.
CREATE TABLE thumbkeeper_change (
  id      smallint PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  version bigint   NOT NULL
);

INSERT INTO thumbkeeper_change (version) VALUES (0);

-- The history. Writers only insert.
CREATE TABLE thumbkeeper_history (
  version bigint       PRIMARY KEY,
  changed timestamptz  NOT NULL,
  actor   varchar(300) NOT NULL,
  kind    varchar(20)  NOT NULL,
  -- each entry before and after, as docs/writing.md describes
  steps   text         NOT NULL
);

-- For the user of the writer's DataSource:
-- GRANT SELECT, INSERT, UPDATE, DELETE ON thumbkeeper_client TO editor;
-- GRANT SELECT, UPDATE ON thumbkeeper_change TO editor; GRANT SELECT, INSERT ON thumbkeeper_history TO editor;
