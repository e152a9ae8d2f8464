#!/bin/sh
# Run once by the image of PostgreSQL in an empty volume: both logins, the database, and nothing that is trusted.
set -eu
psql --set=ON_ERROR_STOP=1 --username=postgres \
  --set=owner_password="$(cat /run/secrets/owner_password)" \
  --set=app_password="$(cat /run/secrets/app_password)" <<'SQL'
CREATE ROLE fairlot_owner LOGIN CREATEROLE BYPASSRLS PASSWORD :'owner_password';
CREATE ROLE fairlot_app LOGIN PASSWORD :'app_password';
CREATE DATABASE fairlot OWNER fairlot_owner;
SQL
