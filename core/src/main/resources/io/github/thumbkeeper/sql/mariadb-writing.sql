-- SPDX-License-Identifier: Apache-2.0
-- What a writer needs besides mariadb.sql, for MariaDB 10.6 or later. See docs/writing.md.

-- the reason, if the entry is denied; readers do not need it
ALTER TABLE thumbkeeper_client ADD COLUMN denied VARCHAR(300);

-- One row, which each writer locks: the number of the last change.
CREATE TABLE thumbkeeper_change (
  id      TINYINT PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  version BIGINT  NOT NULL
) ENGINE = InnoDB;

INSERT INTO thumbkeeper_change (version) VALUES (0);

-- The history. Writers only insert.
CREATE TABLE thumbkeeper_history (
  version BIGINT       PRIMARY KEY,
  -- in UTC
  changed DATETIME(6)  NOT NULL,
  actor   VARCHAR(300) NOT NULL,
  kind    VARCHAR(20)  NOT NULL,
  -- each entry before and after, as docs/writing.md describes
  steps   LONGTEXT     NOT NULL
) ENGINE = InnoDB, DEFAULT CHARACTER SET utf8mb4;

-- For the user of the writer's DataSource:
-- GRANT SELECT, INSERT, UPDATE, DELETE ON thumbkeeper_client TO editor;
-- GRANT SELECT, UPDATE ON thumbkeeper_change TO editor; GRANT SELECT, INSERT ON thumbkeeper_history TO editor;
