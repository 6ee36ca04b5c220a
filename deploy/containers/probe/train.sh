#!/bin/sh
# Starts a service with nothing around it, ends it, and leaves behind what the JVM has written down: train.sh JAVA APP
set -eu
java=$1 app=$2
# A service without keys does not start at all. These are thrown away with the stage they are made in.
keys=$(mktemp -d)
head -c 32 /dev/urandom | base64 -w0 >"$keys/key"
export POSTERN_STORE_KEY_FILE="$keys/key" POSTERN_RECIPIENTS_KEY_FILE="$keys/key" POSTERN_SECRETS_KEY_FILE="$keys/key" \
    POSTERN_RENDITION_SIGNING_KEY_FILE="$keys/key" POSTERN_STORE_ROOT="$keys/store" POSTERN_MILTER_PORT=0 \
    QUARKUS_FLYWAY_CONNECT_RETRIES=0 QUARKUS_HTTP_PORT=0 QUARKUS_MANAGEMENT_PORT=0 QUARKUS_SHUTDOWN_DELAY=0S
# Whether it comes up or gives up, and with which code: what counts is the file.
timeout -s TERM "${POSTERN_TRAINING_SECONDS:-20}" "$java" -XX:+UseSerialGC -Xmx256m -XX:AOTCacheOutput="$app/app.aot" \
    -Djava.awt.headless=true -jar "$app/quarkus-run.jar" >"$keys/log" 2>&1 || true
rm -f "$app/app.aot.config"
[ -s "$app/app.aot" ] || {
    tail -n 40 "$keys/log" >&2
    echo "the JVM has written no cache" >&2
    exit 70
}
