-- SPDX-License-Identifier: Apache-2.0
-- The certificates that are allowed, for MariaDB 10.6 or later. See docs/stores.md.

CREATE TABLE thumbkeeper_client (
  -- thumbprint or public key pin; beside a certificate it must be of this certificate
  thumbprint  VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin UNIQUE,
  -- one certificate, in DER or PEM; not needed beside a thumbprint
  certificate MEDIUMBLOB,
  -- who it is: the name of the principal
  label       VARCHAR(255),
  -- separated by commas
  roles       VARCHAR(1000),
  -- in UTC
  valid_from  DATETIME(6),
  valid_until DATETIME(6),
  enabled     BOOLEAN NOT NULL DEFAULT TRUE,
  CHECK (thumbprint IS NOT NULL OR certificate IS NOT NULL),
  CHECK (valid_from < valid_until)
) ENGINE = InnoDB, DEFAULT CHARACTER SET utf8mb4;

-- Foreign keys that cascade to thumbkeeper_client fire no triggers: delete its rows first, or set sqlChangeQuery=none.
-- One row that every change alters within the same transaction, so that an unchanged table is not read again.
CREATE TABLE thumbkeeper_client_change (
  id      TINYINT     PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  version BIGINT      NOT NULL,
  changed DATETIME(6) NOT NULL
) ENGINE = InnoDB;

INSERT INTO thumbkeeper_client_change (version, changed) VALUES (1, UTC_TIMESTAMP(6));

CREATE TRIGGER thumbkeeper_client_inserted AFTER INSERT ON thumbkeeper_client FOR EACH ROW
  UPDATE thumbkeeper_client_change SET version = version + 1, changed = UTC_TIMESTAMP(6);

CREATE TRIGGER thumbkeeper_client_updated AFTER UPDATE ON thumbkeeper_client FOR EACH ROW
  UPDATE thumbkeeper_client_change SET version = version + 1, changed = UTC_TIMESTAMP(6);

CREATE TRIGGER thumbkeeper_client_deleted AFTER DELETE ON thumbkeeper_client FOR EACH ROW
  UPDATE thumbkeeper_client_change SET version = version + 1, changed = UTC_TIMESTAMP(6);

-- For the user of the DataSource:
-- GRANT SELECT ON thumbkeeper_client TO gate; GRANT SELECT ON thumbkeeper_client_change TO gate;
