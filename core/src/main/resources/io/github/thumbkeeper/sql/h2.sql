-- SPDX-License-Identifier: Apache-2.0
-- The certificates that are allowed, for H2 2.x. See docs/stores.md.

CREATE TABLE thumbkeeper_client (
  -- thumbprint or public key pin; beside a certificate it must be of this certificate
  thumbprint  VARCHAR(255) UNIQUE,
  -- one certificate, in DER or PEM; not needed beside a thumbprint
  certificate VARBINARY(65535),
  -- who it is: the name of the principal
  label       VARCHAR(255),
  -- separated by commas
  roles       VARCHAR(1000),
  valid_from  TIMESTAMP(6) WITH TIME ZONE,
  valid_until TIMESTAMP(6) WITH TIME ZONE,
  enabled     BOOLEAN DEFAULT TRUE NOT NULL,
  CHECK (thumbprint IS NOT NULL OR certificate IS NOT NULL),
  CHECK (valid_from < valid_until)
);

-- Triggers of H2 need a class in the database's class path. So every look finds a change here, and reads everything.
CREATE VIEW thumbkeeper_client_change AS SELECT RANDOM_UUID() AS version;
