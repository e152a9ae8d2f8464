#!/bin/sh
# Draw every secret that compose.yaml names into ./secrets; what is there already stays.
set -eu
umask 077
mkdir -p secrets
chmod 700 secrets
draw() { head -c 48 /dev/urandom | base64 | tr -d '\n=' | tr '+/' '-_'; }
for name in superuser_password owner_password app_password secret_keys metrics_token; do
  [ -e "secrets/$name" ] || draw > "secrets/$name"
done
for role in owner app; do
  [ -e "secrets/${role}_passfile" ] \
    || printf '*:*:*:fairlot_%s:%s\n' "$role" "$(cat "secrets/${role}_password")" > "secrets/${role}_passfile"
done
# The containers of the application run as this user, and each secret is read by one user alone.
if [ "$(id -u)" = 0 ]; then
  for name in owner_passfile app_passfile secret_keys metrics_token; do chown 10001:10001 "secrets/$name"; done
fi
