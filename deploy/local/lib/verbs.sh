# shellcheck shell=bash
# The verbs of ./postern.

help_up() {
    cat <<'TEXT'
usage: ./postern up [--detach] [--no-samples]

Installs the engines where they are missing (Debian, Ubuntu), builds what changed, starts Kafka, PostgreSQL,
Keycloak, ClamAV, Rspamd and the services on loopback, waits until all are ready, hands four sample mails in and
prints their verdicts. Then it stays until Ctrl-C.

  --detach      return instead, and leave everything running
  --no-samples  hand no mails in

A part that is running already is left alone, one that is missing is started. The JVMs use their first compiler alone,
which starts faster; POSTERN_COMPILERS=both lets them use both, which pays after some thousand mails.
TEXT
}

verb_up() {
    local detach=0 with_samples=1 name began=$SECONDS started began_ns
    while [ $# -gt 0 ]; do
        case $1 in
            --detach) detach=1 ;;
            --no-samples) with_samples=0 ;;
            *) fail "up does not know $1; see ./postern up --help" ;;
        esac
        shift
    done
    find_jdk
    mkdir -p "$RUN" "$LOGS"
    # Two at once would build into the same folders and start every part twice.
    exec 9>"$RUN/up.lock"
    flock -n 9 || {
        say "another ./postern up is at work; waiting for it"
        flock 9
    }
    load_ports
    install_engines
    fetch_parts
    build_services
    make_secrets
    # Rspamd works as a user of its own, and must be able to reach its folder.
    chmod a+x "$POSTERN_HOME"
    began_ns=$(date +%s%N)
    [ $detach = 1 ] || trap 'say; say "stopping"; stop_all; exit 130' INT TERM
    local to_start=()
    for name in $(all_parts); do
        if pid_of "$name" >/dev/null; then
            say "  $(printf %-10s "$name") port $(printf %-6s "$(port_of "$name")") runs already"
        else
            to_start+=("$name")
        fi
    done
    [ ${#to_start[@]} = 0 ] || start_parts "${to_start[@]}"
    exec 9>&-
    started=$((($(date +%s%N) - began_ns) / 1000000))
    say "up in $((started / 1000)).$((started % 1000 / 100)) s (all of it $((SECONDS - began)) s), gateway http://127.0.0.1:$POSTERN_GATEWAY_PORT, milter inet:127.0.0.1:$POSTERN_MILTER_PORT"
    warn_of_test_signatures
    if [ $with_samples = 1 ]; then
        samples || fail "not every sample got a verdict"
        started=$((($(date +%s%N) - began_ns) / 1000000))
        say
        say "verdicts $((started / 1000)).$((started % 1000 / 100)) s after the first part was started"
    fi
    [ $detach = 0 ] || return 0
    say "Ctrl-C stops everything."
    while :; do
        read -r -t 3600 <> <(:) || true
    done
}

# What the administrator set for the services, for whatever is started again while the suite is up. What is said anew wins.
keep_settings() {
    local name
    (
        umask 077
        for name in $(compgen -e | grep -E '^(POSTERN|QUARKUS|KAFKA|MP|SMALLRYE)_' |
            grep -vE '^POSTERN_([A-Z_]*_PORT|HOME|ROOT|PARTS|PART_DIR)$'); do
            # shellcheck disable=SC2016 # for whoever reads the file
            printf '[ -n "${%s+set}" ] || export %s=%q\n' "$name" "$name" "${!name}"
        done >"$RUN/settings.env"
    )
}

# Starts parts of an installation whose keys are there, and waits until they are ready.
start_parts() { # NAME...
    local name
    find_jdk
    export POSTERN_DATABASE_PASSWORD_FILE=$SECRETS/database.password
    export POSTERN_CLIENT_SECRET_FILE=$SECRETS/client.secret POSTERN_USER_PASSWORD_FILE=$SECRETS/user.password
    env | sed -n "s/^\(POSTERN_[A-Z_]*_PORT\)=\([0-9]*\)$/export \1=\2/p" >"$RUN/ports.env"
    keep_settings
    for name in "$@"; do start_part "$name"; done
    await_ready "$@"
}

help_down() {
    cat <<'TEXT'
usage: ./postern down

Stops the services, then the engines. Mails, keys and topics stay in .postern; delete that folder to forget them.
TEXT
}

verb_down() {
    load_ports
    [ -d "$RUN" ] || return 0
    stop_all
    say "down"
}

help_status() {
    cat <<'TEXT'
usage: ./postern status

Prints each part with its port, process id and health, and the version of the checkout.
TEXT
}

verb_status() {
    local name pid health
    load_ports
    say "postern $(sed -n 's/.*<version>\(.*\)<\/version>.*/\1/p' "$ROOT/pom.xml" | head -n 1) $(git -C "$ROOT" rev-parse --short HEAD 2>/dev/null || true)"
    printf '%-10s %-6s %-8s %s\n' part port pid health
    for name in $(all_parts); do
        pid=$(pid_of "$name") || pid=-
        if [ "$pid" = - ]; then
            health="not running"
            ! port_is_taken "$(port_of "$name")" || health="not running, but its port is taken by somebody else"
        elif is_ready "$name"; then
            health=ready
        else
            health="not ready"
        fi
        printf '%-10s %-6s %-8s %s\n' "$name" "$(port_of "$name")" "$pid" "$health"
    done
    warn_of_test_signatures
}

help_token() {
    cat <<'TEXT'
usage: ./postern token [--role ROLE]

Prints an access token with every role, or with one: mail-submit mail-read-all mail-read-own mail-content
quarantine-admin mail-train policy-admin render push-subscribe push-publish identity-admin. Good for five minutes.
TEXT
}

verb_token() {
    local role=''
    [ "${1:-}" != --role ] || role=${2:?--role needs a role}
    load_ports
    access_token "$role" || fail "no token: is the suite up, and is there a role $role?"
}

help_send() {
    cat <<'TEXT'
usage: ./postern send FILE.eml [--from ADDRESS] [--to ADDRESS[,ADDRESS]] [--ip ADDRESS] [--wait SECONDS] [--json]

Hands a mail in, waits for its verdict and prints it; with --json as the service says it.
TEXT
}

verb_send() {
    local file='' from=sender@example.com to=alice@example.org ip=192.0.2.10 wait=30 json=0 token answer
    while [ $# -gt 0 ]; do
        case $1 in
            --from) from=${2?--from needs an address} && shift ;;
            --to) to=${2:?--to needs an address} && shift ;;
            --ip) ip=${2:?--ip needs an address} && shift ;;
            --wait) wait=${2:?--wait needs seconds} && shift ;;
            --json) json=1 ;;
            -*) fail "send does not know $1; see ./postern send --help" ;;
            *) file=$1 ;;
        esac
        shift
    done
    [ -n "$file" ] || fail "send needs a file; see ./postern send --help"
    [ -r "$file" ] || fail "$file cannot be read"
    load_ports
    token=$(access_token) || fail "no token: is the suite up? See ./postern status"
    answer=$(hand_in "$token" "$file" "$from" "$to" "$ip" "$wait")
    if [ $json = 1 ]; then
        jq . <<<"$answer"
    elif jq -e '.recipients' <<<"$answer" >/dev/null 2>&1; then
        jq -r '
            "message   \(.id), revision \(.revision)\(if .settled then "" else " (interim)" end)",
            "scan      \(.scan.verdict // "no answer yet")\([.scan.findings[]? | " \(.signature // .code)"] | join(","))",
            "class     \(.assessment.class // "no answer yet")\(if .assessment then ", score \(.assessment.score) of \(.assessment.threshold)" else "" end)",
            (if .assessment then "sender    SPF \(.assessment.authentication.spf), DKIM \([.assessment.authentication.dkim[]? | .result] | if length == 0 then "none" else join(" ") end), DMARC \(.assessment.authentication.dmarc), ARC \(.assessment.authentication.arc)" else empty end),
            (.assessment.findings[]? | "finding   \(.severity): \(.explanation)"),
            (.recipients[] | "recipient \(.recipient): \(.disposition)\([.reasons[] | " (\(.text))"] | join(""))")' <<<"$answer"
    else
        jq -r '"\(.status // "accepted") \(.code // .state // ""): \(.detail // .id) \(.next // "")"' <<<"$answer"
        jq -e '.id' <<<"$answer" >/dev/null
    fi
}

help_test() {
    cat <<'TEXT'
usage: ./postern test [unit]

Installs the engines where they are missing and runs every test on them; with "unit" only those that need none.
The last line counts: N passed, N failed, N skipped.
TEXT
}

verb_test() {
    local rc=0 options=()
    case ${1:-} in
        '') ;;
        unit) options+=(-DskipITs) ;;
        *) fail "test does not know $1; see ./postern test --help" ;;
    esac
    find_jdk
    set_ports
    mkdir -p "$LOGS"
    if [ $# = 0 ]; then
        # LemonLDAP::NG, a provider beside Keycloak: what runs its portal, the portal, and what that needs of Perl.
        local package lemon=()
        for package in starman nginx-light liblemonldap-ng-portal-perl perlmagick libstring-random-perl libio-string-perl \
            libemail-sender-perl libcrypt-openssl-bignum-perl libgd-securityimage-perl libconvert-base32-perl libmime-tools-perl; do
            lemon+=("starman=$package")
        done
        install_engines "${lemon[@]}" promtool=prometheus shellcheck=shellcheck postfix=postfix swaks=swaks chromium=chromium bwrap=bubblewrap node=nodejs npm=npm
        fetch_parts
        (cd "$ROOT" && shellcheck -x postern .ci/run deploy/local/run-* deploy/local/lib/*.sh deploy/containers/build deploy/containers/engine deploy/containers/probe/*.sh k8s/postern/files/*.sh) || {
            say "0 passed, 1 failed, 0 skipped"
            return 1
        }
    fi
    # Reports of an earlier run would be counted too.
    find "$ROOT" -path '*/target/*-reports/TEST-*.xml' -delete
    # A failed test must not keep a module from being packaged: what runs the packaged suite would fail for that alone.
    # The reports are counted below.
    (cd "$ROOT" && mvn -B -fae -Dmaven.test.failure.ignore=true "${options[@]}" install) >"$LOGS/test.log" 2>&1 &
    local maven=$!
    tail -n +1 -F --pid="$maven" "$LOGS/test.log" 2>/dev/null |
        grep --line-buffered -E '^\[(INFO|ERROR|WARNING)\] +(Building Postern|Tests run:.*-- in|[A-Za-z]+(Test|IT|E2E)\.|BUILD|.*FAIL)' || true
    wait "$maven" || rc=$?
    count_tests "$rc"
}

# Adds the reports up. A build that fails without a failing test counts as one failure.
count_tests() {
    local rc=$1 counts passed failed skipped
    counts=$(find "$ROOT" -path '*/target/*-reports/TEST-*.xml' -exec sed -n '/<testsuite /{p;q}' {} \; |
        awk 'function n(a){match($0," " a "=\"[0-9]+\""); return RSTART ? substr($0,RSTART+length(a)+3,RLENGTH-length(a)-4) : 0}
            {t+=n("tests"); f+=n("failures")+n("errors"); s+=n("skipped")} END {print t+0, f+0, s+0}')
    read -r passed failed skipped <<<"$counts"
    passed=$((passed - failed - skipped))
    # A test process that died has no report, and Maven, told to go on, ends well: it tells by such a line alone.
    ! grep -qE '^\[ERROR\]' "$LOGS/test.log" || rc=1
    [ "$rc" = 0 ] || [ "$failed" -gt 0 ] || failed=1
    [ "$failed" = 0 ] || grep -E '^\[ERROR\]' "$LOGS/test.log" | head -n 40 >&2 || true
    say "$passed passed, $failed failed, $skipped skipped"
    [ "$failed" = 0 ]
}
