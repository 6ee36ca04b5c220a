# shellcheck shell=bash
# The rows of message-service, written anew from Kafka.

help_rebuild() {
    cat <<'TEXT'
usage: ./postern rebuild

Writes the rows of message-service that follow from Kafka: after its database was lost, or restored from an old backup.
What has its row stays as it is, so it may be run again, after it was broken off too. message-service is stopped
meanwhile, and mail servers are told to come again.

Prints how many records each topic had, how many of them said something that was not known, and how many are no event.
What PostgreSQL alone knows (docs/architecture.md) and what Kafka does not keep any more does not come back.
TEXT
}

verb_rebuild() {
    local jar lib java status=0
    [ $# = 0 ] || fail "rebuild takes no options; see ./postern rebuild --help"
    load_ports
    for part in kafka postgres; do
        pid_of "$part" >/dev/null || fail "$part does not run: start the suite with ./postern up"
    done
    find_jdk
    java=$JAVA_HOME/bin/java
    jar=$(service_jar message)
    lib=$(dirname "$jar")
    stop_part message
    await_end message
    QUARKUS_DATASOURCE_JDBC_URL="jdbc:postgresql://127.0.0.1:$POSTERN_POSTGRES_PORT/postern" \
        QUARKUS_DATASOURCE_USERNAME=postern QUARKUS_DATASOURCE_PASSWORD="$(cat "$SECRETS/database.password")" \
        POSTERN_RECIPIENTS_KEY_FILE="$SECRETS/recipients.key" \
        KAFKA_BOOTSTRAP_SERVERS="127.0.0.1:$POSTERN_KAFKA_PORT" \
        "$java" -XX:+UseSerialGC -Xmx256m -cp "$lib/app/*:$lib/lib/main/*:$lib/lib/boot/*" \
        org.postern.message.wiring.Rebuild 2>"$LOGS/rebuild.log" || status=$?
    start_service message
    await_ready message
    [ "$status" = 0 ] || fail "$(grep -v '^SLF4J\|^WARNING' "$LOGS/rebuild.log" | tail -n 1)"
}
