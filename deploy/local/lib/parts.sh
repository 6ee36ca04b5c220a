# shellcheck shell=bash
# The parts: where they listen, how they start, whether they are ready, how they end.

SERVICES=(gateway message scan spam render push)
ENGINES=(keycloak kafka postgres clamd redis rspamd)

set_ports() {
    local pair name
    for pair in GATEWAY=8080 MESSAGE=8081 SCAN=8082 SPAM=8083 RENDER=8084 PUSH=8085 \
        GATEWAY_MANAGEMENT=9080 MESSAGE_MANAGEMENT=9081 SCAN_MANAGEMENT=9082 SPAM_MANAGEMENT=9083 \
        RENDER_MANAGEMENT=9084 PUSH_MANAGEMENT=9085 KAFKA=19092 KAFKA_CONTROLLER=19093 POSTGRES=15432 \
        KEYCLOAK=8180 CLAMD=13310 RSPAMD=11333 RSPAMD_CONTROLLER=11334 REDIS=16379 DNS=15353 MILTER=8891; do
        name=POSTERN_${pair%%=*}_PORT
        [ -n "${!name:-}" ] || printf -v "$name" '%s' "${pair#*=}"
        export "${name?}"
    done
}

# A running installation keeps its ports, whatever the environment says now.
load_ports() {
    # shellcheck disable=SC1091
    [ ! -f "$RUN/ports.env" ] || . "$RUN/ports.env"
    # shellcheck source=/dev/null
    [ ! -f "$RUN/settings.env" ] || . "$RUN/settings.env"
    set_ports
}

port_of() {
    local name=POSTERN_${1^^}_PORT
    [ "$1" != named ] || name=POSTERN_DNS_PORT
    echo "${!name}"
}

service_jar() {
    local module=$1-service
    [ "$1" != gateway ] || module=gateway
    echo "$ROOT/$module/target/quarkus-app/quarkus-run.jar"
}

# The time a process started: with it a pid that was given out again is not taken for ours.
# Nothing for one that has ended and that nobody waited for: a parent that does not wait keeps its name for ever.
start_time() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | awk '$1 != "Z" {print $20}' || true; }

pid_of() {
    local pid started
    [ -f "$RUN/$1.pid" ] || return 1
    read -r pid started <"$RUN/$1.pid"
    [ -n "$started" ] && [ "$(start_time "$pid")" = "$started" ] || return 1
    echo "$pid"
}

launch() { # NAME COMMAND...
    local name=$1
    shift
    mkdir -p "$POSTERN_HOME/$name"
    # Without the lock of ./postern up, which a part would hold for as long as it runs.
    POSTERN_PART_DIR=$POSTERN_HOME/$name setsid "$@" >"$LOGS/$name.log" 2>&1 </dev/null 9>&- &
    local pid=$!
    # setsid of a process that leads no group replaces itself: the pid is that of the part.
    echo "$pid $(start_time $pid)" >"$RUN/$name.pid"
    date +%s%N >"$RUN/$name.began"
}

# What a part is made of, so that a cache of something else is not taken for its own.
fingerprint_of() {
    case $1 in
        kafka) find "$POSTERN_PARTS/kafka" -name '*.jar' -printf '%f %s %T@\n' ;;
        keycloak) find "$POSTERN_PARTS"/keycloak -name '*.jar' -printf '%f %s %T@\n' ;;
        *) find "$(dirname "$(service_jar "$1")")" -type f -printf '%P %s %T@\n' ;;
    esac | sort | cat - <(echo "$JAVA_HOME") | cksum | cut -d' ' -f1
}

# A JDK of 25 or more writes down, when a part ends, what it took to start it, and starts it faster by that from then on.
aot_option() {
    [ "$JAVA_VERSION" -ge 25 ] || return 0
    local cache
    cache=$POSTERN_PARTS/aot/$1-$(fingerprint_of "$1").aot
    if [ -s "$cache" ]; then
        echo "-XX:AOTCache=$cache"
    elif [ "${POSTERN_AOT_TRAINING:-1}" = 1 ]; then
        mkdir -p "$POSTERN_PARTS/aot"
        rm -f "$POSTERN_PARTS/aot/$1"-*
        echo "-XX:AOTCacheOutput=$cache"
        echo "$cache" >"$RUN/$1.trains"
    fi
}

port_is_taken() { (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

start_part() {
    local name=$1
    ! pid_of "$name" >/dev/null || return 0
    ! port_is_taken "$(port_of "$name")" ||
        fail "port $(port_of "$name"), meant for $name, is taken by another process. Set POSTERN_$([ "$name" = named ] && echo DNS || echo "${name^^}")_PORT."
    [ "$name" != message ] || ! port_is_taken "$POSTERN_MILTER_PORT" ||
        fail "port $POSTERN_MILTER_PORT, meant for mail servers, is taken by another process. Set POSTERN_MILTER_PORT."
    case $name in
        kafka | keycloak) POSTERN_AOT=$(aot_option "$name") launch "$name" "$ROOT/deploy/local/run-$name" ;;
        # Signatures are fetched where there is an internet to fetch them from; a mirror needs none.
        clamd) launch clamd env POSTERN_CLAMAV_UPDATE="${POSTERN_CLAMAV_UPDATE:-$(signatures_can_be_fetched)}" "$ROOT/deploy/local/run-clamd" ;;
        postgres | named) launch "$name" "$ROOT/deploy/local/run-$name" ;;
        redis) launch redis env POSTERN_REDIS_PASSWORD_FILE="$SECRETS/redis.password" "$ROOT/deploy/local/run-redis" ;;
        rspamd)
            local passwords=(POSTERN_RSPAMD_PASSWORD_FILE="$SECRETS/rspamd.password" POSTERN_REDIS_PASSWORD_FILE="$SECRETS/redis.password")
            if dns_answers; then
                launch rspamd env -u POSTERN_DNS_PORT "${passwords[@]}" "$ROOT/deploy/local/run-rspamd"
            else
                start_part named
                launch rspamd env "${passwords[@]}" "$ROOT/deploy/local/run-rspamd"
            fi
            ;;
        *) start_service "$name" ;;
    esac
}

dns_answers() {
    [ "${POSTERN_DNS:-}" != local ] && timeout 2 getent hosts rspamd.com >/dev/null 2>&1
}

signatures_can_be_fetched() { if [ -n "${POSTERN_CLAMAV_MIRROR:-}" ] || dns_answers; then echo 1; else echo 0; fi; }

# What clamd says of itself: a database of ClamAV's own has a number, and clamd tells it.
clamd_version() {
    local version=''
    exec 8<>"/dev/tcp/127.0.0.1/$POSTERN_CLAMD_PORT" || return 1
    printf 'zVERSION\0' >&8
    IFS= read -r -d '' -t 5 -u 8 version || true
    exec 8>&-
    echo "$version"
}

# Says it loudly where clamd would not know a real virus.
warn_of_test_signatures() {
    local version
    version=$(clamd_version 2>/dev/null) || return 0
    case $version in
        ClamAV\ */*) return 0 ;;
        ClamAV\ *) ;;
        *) return 0 ;;
    esac
    say
    say "  TEST SIGNATURES ONLY: clamd finds the test files of EICAR and ClamAV, and no real virus. freshclam brings real"
    say "  ones where it reaches ClamAV's servers or the mirror in POSTERN_CLAMAV_MIRROR; see $LOGS/clamd.log"
}

start_service() {
    local name=$1 upper=${1^^} options=(-XX:+UseSerialGC -Xmx256m -XX:+ExitOnOutOfMemoryError)
    local http=POSTERN_${upper}_PORT management=POSTERN_${upper}_MANAGEMENT_PORT aot
    # The first compiler alone starts faster; both together make what runs for long cheaper.
    [ "${POSTERN_COMPILERS:-first}" = both ] || options+=(-XX:TieredStopAtLevel=1)
    aot=$(aot_option "$name")
    [ -z "$aot" ] || options+=("$aot")
    # Browsers take a secure cookie from http on loopback too.
    local own=()
    [ "$name" != gateway ] || own+=(POSTERN_GATEWAY_LOGIN_ENABLED=true
        POSTERN_GATEWAY_LOGIN_ORIGIN="http://127.0.0.1:$POSTERN_GATEWAY_PORT"
        POSTERN_GATEWAY_LOGIN_KEY_FILE="$SECRETS/login.key"
        QUARKUS_OIDC_LOGIN_CREDENTIALS_SECRET="$(cat "$SECRETS/client.secret")")
    launch "$name" env "${own[@]}" \
        QUARKUS_HTTP_PORT="${!http}" QUARKUS_MANAGEMENT_PORT="${!management}" \
        KAFKA_BOOTSTRAP_SERVERS="127.0.0.1:$POSTERN_KAFKA_PORT" \
        QUARKUS_OIDC_AUTH_SERVER_URL="http://127.0.0.1:$POSTERN_KEYCLOAK_PORT/realms/postern" \
        QUARKUS_DATASOURCE_JDBC_URL="jdbc:postgresql://127.0.0.1:$POSTERN_POSTGRES_PORT/postern" \
        QUARKUS_DATASOURCE_USERNAME=postern QUARKUS_DATASOURCE_PASSWORD="$(cat "$SECRETS/database.password")" \
        POSTERN_STORE_ROOT="$POSTERN_HOME/store" POSTERN_STORE_KEY_FILE="$SECRETS/store.key" \
        POSTERN_RECIPIENTS_KEY_FILE="$SECRETS/recipients.key" \
        POSTERN_RENDITION_SIGNING_KEY_FILE="$SECRETS/rendition.key" \
        POSTERN_QUARANTINE_KEY_FILE="$SECRETS/quarantine.key" \
        POSTERN_RENDITION_URL="http://127.0.0.1:$POSTERN_RENDER_PORT" \
        POSTERN_MILTER_PORT="$POSTERN_MILTER_PORT" \
        POSTERN_IMAGES_ORIGIN="${POSTERN_IMAGES_ORIGIN:-http://127.0.0.1:$POSTERN_GATEWAY_PORT}" \
        POSTERN_WEBPUSH_VAPID_KEY_FILE="$SECRETS/vapid.pem" \
        POSTERN_SECRETS_KEY_FILE="$SECRETS/push.key" \
        POSTERN_WEBPUSH_ALLOWED_NETWORKS="${POSTERN_WEBPUSH_ALLOWED_NETWORKS:-}" \
        POSTERN_CLAMD_HOST=127.0.0.1 POSTERN_CLAMD_PORT="$POSTERN_CLAMD_PORT" \
        POSTERN_RSPAMD_URL="http://127.0.0.1:$POSTERN_RSPAMD_PORT" \
        POSTERN_LEARNING_CONTROLLER="http://127.0.0.1:$POSTERN_RSPAMD_CONTROLLER_PORT" \
        POSTERN_LEARNING_PASSWORD_FILE="$SECRETS/rspamd.password" \
        POSTERN_HISTORY_KEY_FILE="$SECRETS/history.key" \
        POSTERN_GATEWAY_SERVICES_MESSAGE="http://127.0.0.1:$POSTERN_MESSAGE_PORT" \
        POSTERN_GATEWAY_SERVICES_SCAN="http://127.0.0.1:$POSTERN_SCAN_PORT" \
        POSTERN_GATEWAY_SERVICES_SPAM="http://127.0.0.1:$POSTERN_SPAM_PORT" \
        POSTERN_GATEWAY_SERVICES_RENDER="http://127.0.0.1:$POSTERN_RENDER_PORT" \
        POSTERN_GATEWAY_SERVICES_PUSH="http://127.0.0.1:$POSTERN_PUSH_PORT" \
        "$JAVA_HOME/bin/java" "${options[@]}" -jar "$(service_jar "$name")"
}

is_ready() {
    case $1 in
        kafka | postgres | clamd | named | redis) port_is_taken "$(port_of "$1")" ;;
        rspamd) curl -sf -m 2 "http://127.0.0.1:$POSTERN_RSPAMD_PORT/ping" >/dev/null ;;
        keycloak) curl -sf -m 2 "http://127.0.0.1:$POSTERN_KEYCLOAK_PORT/realms/postern" >/dev/null ;;
        *)
            local management=POSTERN_${1^^}_MANAGEMENT_PORT
            curl -sf -m 5 "http://127.0.0.1:${!management}/q/health/ready" >/dev/null
            ;;
    esac
}

# The CPU time that a part has had, with all its processes, in milliseconds.
cpu_of() {
    local pid
    pid=$(pid_of "$1") || { echo 0 && return 0; }
    # The part leads a process group of its own.
    { cat /proc/[0-9]*/stat 2>/dev/null || true; } | sed 's/([^)]*)/x/' |
        awk -v group="$pid" -v hertz="$(getconf CLK_TCK)" '$5 == group {t += $14 + $15 + $16 + $17} END {print int(t * 1000 / hertz)}'
}

# Waits for all parts, with a line for each as it becomes ready.
await_ready() {
    local waiting=("$@") still name cpu deadline=$((SECONDS + 240))
    while [ ${#waiting[@]} -gt 0 ]; do
        still=()
        for name in "${waiting[@]}"; do
            if ! pid_of "$name" >/dev/null; then
                tail -n 20 "$LOGS/$name.log" >&2
                fail "$name ended. Its last lines are above, all of them in $LOGS/$name.log"
            elif is_ready "$name"; then
                local took=$((($(date +%s%N) - $(cat "$RUN/$name.began")) / 1000000))
                echo "$took" >"$RUN/$name.took"
                cpu=$(cpu_of "$name")
                printf '  %-10s port %-6s ready after %4d.%01d s, %3d.%01d s of CPU\n' "$name" "$(port_of "$name")" \
                    $((took / 1000)) $((took % 1000 / 100)) $((cpu / 1000)) $((cpu % 1000 / 100))
            else
                still+=("$name")
            fi
        done
        waiting=("${still[@]}")
        [ ${#waiting[@]} = 0 ] || [ $SECONDS -lt $deadline ] || {
            tail -n 20 "$LOGS/${waiting[0]}.log" >&2
            fail "${waiting[*]}: not ready after 240 s. The last lines of ${waiting[0]} are above; see $LOGS"
        }
        [ ${#waiting[@]} = 0 ] || read -r -t 0.1 <> <(:) || true
    done
}

stop_part() {
    local pid
    pid=$(pid_of "$1") || {
        rm -f "$RUN/$1.pid"
        return 0
    }
    # PostgreSQL ends its sessions at SIGINT; at SIGTERM it waits for them.
    if [ "$1" = postgres ]; then kill -INT "$pid"; else kill -TERM "$pid"; fi 2>/dev/null || true
}

await_end() {
    local name pid deadline=$((SECONDS + ${STOP_SECONDS:-20}))
    for name in "$@"; do
        while pid=$(pid_of "$name"); do
            if [ $SECONDS -ge $deadline ]; then
                say "$name does not end; killing it"
                kill -KILL -- "-$pid" 2>/dev/null || kill -KILL "$pid" 2>/dev/null || true
                break
            fi
            read -r -t 0.1 <> <(:) || true
        done
        rm -f "$RUN/$name.pid"
    done
}

all_parts() {
    local name
    for name in "${ENGINES[@]}"; do echo "$name"; done
    [ ! -f "$RUN/named.pid" ] || echo named
    for name in "${SERVICES[@]}"; do echo "$name"; done
}

stop_all() {
    local name services=("${SERVICES[@]}")
    if compgen -G "$RUN/*.trains" >/dev/null; then
        say "writing down how to start faster next time (once)"
        STOP_SECONDS=120
        rm -f "$RUN"/*.trains
    fi
    for name in "${services[@]}"; do stop_part "$name"; done
    STOP_SECONDS=${STOP_SECONDS:-20} await_end "${services[@]}"
    for name in "${ENGINES[@]}" named; do stop_part "$name"; done
    STOP_SECONDS=${STOP_SECONDS:-20} await_end "${ENGINES[@]}" named
    rm -f "$RUN/ports.env" "$RUN/settings.env"
}
