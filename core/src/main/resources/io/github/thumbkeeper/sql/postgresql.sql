-- SPDX-License-Identifier: Apache-2.0
-- The certificates that are allowed, for PostgreSQL 12 or later. See docs/stores.md.

CREATE TABLE thumbkeeper_client (
  -- thumbprint or public key pin; beside a certificate it must be of this certificate
  thumbprint  varchar(255) COLLATE "C" UNIQUE,
  -- one certificate, in DER or PEM; not needed beside a thumbprint
  certificate bytea,
  -- who it is: the name of the principal
  label       varchar(255),
  -- separated by commas
  roles       varchar(1000),
  valid_from  timestamptz,
  valid_until timestamptz,
  enabled     boolean NOT NULL DEFAULT true,
  CHECK (thumbprint IS NOT NULL OR certificate IS NOT NULL),
  CHECK (valid_from < valid_until)
);

-- One row that every change alters within the same transaction, so that an unchanged table is not read again.
CREATE TABLE thumbkeeper_client_change (
  id      smallint    PRIMARY KEY DEFAULT 1 CHECK (id = 1),
  version bigint      NOT NULL,
  changed timestamptz NOT NULL
);

INSERT INTO thumbkeeper_client_change (version, changed) VALUES (1, clock_timestamp());

-- Names are written out: whoever changes the table must not be able to lead the count elsewhere by a table of his own.
BEGIN;

CREATE FUNCTION thumbkeeper_client_changed() RETURNS trigger
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
DECLARE
  counted bigint;
BEGIN
  EXECUTE format('UPDATE %I.%I SET version = version + 1, changed = clock_timestamp()',
    TG_TABLE_SCHEMA, TG_TABLE_NAME || '_change');
  GET DIAGNOSTICS counted = ROW_COUNT;
  IF counted <> 1 THEN
    RAISE EXCEPTION '%_change has lost its row', TG_TABLE_NAME;
  END IF;
  RETURN NULL;
END
$$;

-- Else anybody could hang it on a table of his own, and let his triggers run with the rights of the owner of this one.
REVOKE ALL ON FUNCTION thumbkeeper_client_changed() FROM PUBLIC;

COMMIT;

CREATE TRIGGER thumbkeeper_client_changed
  AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON thumbkeeper_client
  FOR EACH STATEMENT EXECUTE FUNCTION thumbkeeper_client_changed();

ALTER TABLE thumbkeeper_client ENABLE ALWAYS TRIGGER thumbkeeper_client_changed;

-- For the user of the DataSource:
-- GRANT SELECT ON thumbkeeper_client, thumbkeeper_client_change TO gate;
