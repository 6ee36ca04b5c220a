# shellcheck shell=bash
# What things cost: the load harness and the micro benchmarks.

help_bench() {
    cat <<'TEXT'
usage: ./postern bench [MAILS [BYTES [CLIENTS...]]]
       ./postern bench milter [MAILS [BYTES [CLIENTS...]]]
       ./postern bench transport [MAILS [BYTES [CLIENTS...]]]
       ./postern bench micro [PATTERN]
       ./postern bench scan [MAILS]
       ./postern bench push [SUBSCRIPTIONS]
       ./postern bench streams [COUNT]
       ./postern bench render [DOCUMENTS]
       ./postern bench gateway [SECONDS [STREAMS [REQUESTS]]]

Hands unique mails to the engines alone (clamd and Rspamd, in parallel, by a bare client) and to the running suite
through its gateway, and prints for both how many a second were decided, how long a decision took and how much CPU time
each part had for a mail. 400 mails of 51200 bytes and 1, 4 and 8 clients where nothing is said. The numbers of a busy
machine mean little: compare ratios.

"milter" hands such mails to two Postfix of its own: one asks the milter of the running suite, the other an Rspamd whose
proxy speaks the milter protocol and asks the same clamd, which is what mail servers ask today. Postfix wants root.

"transport" sends the records of such mails through topics of their own on the broker of the running suite, by as many plain
producers and consumers as the suite has, with nothing done on the way: the least that a mail can cost over this broker.

"micro" needs no running suite: it runs the JMH benchmarks whose names match the pattern, each beside its peer.

"scan" needs none either: the adapter of clamd, the own look inside and the store beside a bare client of the same clamd,
in turns, 100 mails a turn (or as many as are said) after 3000 to warm up; then eight files of 100 MiB at once with a heap
of 128 MiB.

"push" needs none either: the CPU time of a push beside npm web-push, what a change costs among 20000, 100000 and a
million subscriptions (or as many as are said), one change to 10000 devices, 10000 changes of one device in a minute,
and a sender that is killed again and again while it sends to 5000 devices.

"render" needs none: the CPU time of cleaning a newsletter, and newsletter templates where POSTERN_CORPORA is, by Postern, by
the OWASP sanitizer alone, by jsoup and by DOMPurify with jsdom, after as many to warm up (4000 where nothing is said); then
large and hostile HTML.

"streams" opens 10000 EventSource connections (or as many as are said) to push-service of the running suite, leaves them
alone, and announces one change: what they take of its memory, and how fast all of them hear.

"gateway" needs no running suite: the door beside HAProxy that checks the same RS256 token and nginx that checks nothing,
asked by wrk for 20 seconds each (or as many as are said): requests a second, latency, CPU time; then, asked at an even
pace at half of that, what each adds to an answer, counted from when a request was due; then the door's memory over five
million requests, and under 10000 idle streams (or as many as are said). POSTERN_DOOR_OPTIONS are options of a second
door's virtual machine, measured beside the first.
TEXT
}

run_benchmarks() {
    "$JAVA_HOME/bin/java" -cp "$ROOT/benchmarks/target/classes:$(cat "$ROOT/benchmarks/target/classpath")" "$@"
}

verb_bench() {
    if [ "${1:-}" = micro ]; then
        find_jdk
        build_services
        run_benchmarks org.openjdk.jmh.Main "${2:-.*}" -prof gc
        return
    fi
    local harness=load.LoadHarness
    if [ "${1:-}" = milter ]; then
        shift
        harness=load.MilterBench
        install_engines postfix=postfix
    elif [ "${1:-}" = transport ]; then
        shift
        harness=load.TransportBench
    fi
    case ${1:-} in
        scan | push | streams | render | gateway)
            "bench_$1" "${@:2}"
            return
            ;;
    esac
    load_ports
    access_token >/dev/null || fail "no token: is the suite up? See ./postern status"
    find_jdk
    local mails=${1:-400} size=${2:-51200} clients=(1 4 8)
    [ $# -lt 3 ] || clients=("${@:3}")
    POSTERN_ROOT=$ROOT run_benchmarks "org.postern.benchmarks.$harness" "$mails" "$size" "${clients[@]}"
}

# With little memory, so that a heap that grows is found out.
bench_scan() {
    find_jdk
    install_engines
    build_services
    mkdir -p "$LOGS"
    "$JAVA_HOME/bin/java" -XX:+UseSerialGC -Xmx128m \
        -cp "$ROOT/benchmarks/target/classes:$(cat "$ROOT/benchmarks/target/classpath")" \
        org.postern.benchmarks.scan.ScanBench "$ROOT" "${1:-100}" 2>"$LOGS/bench-scan.log" ||
        fail "the benchmark failed; see $LOGS/bench-scan.log"
}

# With little memory, so that a heap that grows is found out.
bench_push() {
    find_jdk
    install_engines node=nodejs npm=npm
    build_services
    [ -d "$ROOT/mail-test-support/node/node_modules/web-push" ] ||
        (cd "$ROOT/mail-test-support/node" && npm ci) || fail "npm could not install the peers"
    mkdir -p "$LOGS"
    "$JAVA_HOME/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -Xmx128m \
        -cp "$ROOT/benchmarks/target/classes:$(cat "$ROOT/benchmarks/target/classpath")" \
        org.postern.benchmarks.push.PushBench "$ROOT/mail-test-support/node" "${1:-1000000}" 2>"$LOGS/bench-push.log" ||
        fail "the benchmark failed; see $LOGS/bench-push.log"
    say
    say "A sender killed five times while it sends to 5000 devices"
    (cd "$ROOT" && mvn -B -q -pl push-service -Dit.test=KilledSenderIT -Dtest=NoSuchTest \
        -Dsurefire.failIfNoSpecifiedTests=false -Dpostern.push.kill.devices=5000 -Dpostern.push.kill.kills=5 verify) |
        grep 'last states lost' || fail "the run with kills failed"
}

bench_render() {
    find_jdk
    install_engines node=nodejs npm=npm
    build_services
    [ -d "$ROOT/benchmarks/node/node_modules/dompurify" ] ||
        (cd "$ROOT/benchmarks/node" && npm ci) || fail "npm could not install the peers"
    "$JAVA_HOME/bin/java" -XX:+UseSerialGC -cp "$ROOT/benchmarks/target/classes:$(cat "$ROOT/benchmarks/target/classpath")" \
        org.postern.benchmarks.render.RenderBench "$ROOT/benchmarks/node" "${1:-4000}" \
        "${POSTERN_CORPORA:-$ROOT/../shared/corpora}/email-templates"
}

# The token of a user with a mailbox, who alone has an account to hear of. The password by standard input.
reader_token() {
    printf 'grant_type=password&client_id=postern-web&username=alice&password=%s' "$(cat "$SECRETS/user.password")" |
        curl -sS -m 10 --data @- "http://127.0.0.1:$POSTERN_KEYCLOAK_PORT/realms/postern/protocol/openid-connect/token" |
        jq -re '.access_token // empty'
}

bench_streams() {
    load_ports
    find_jdk
    local pid
    pid=$(pid_of push) || fail "push-service does not run. See ./postern status"
    # One token is enough: they are good for five minutes, and opening and resting take less.
    local reader publisher
    reader=$(reader_token) || fail "no token for a reader: is the suite up? See ./postern status"
    publisher=$(access_token push-publish) || fail "no token for a mail server: is the suite up? See ./postern status"
    POSTERN_READER=$reader POSTERN_PUBLISHER=$publisher POSTERN_ADDRESS=alice@example.org \
        run_benchmarks org.postern.benchmarks.push.IdleStreams "$POSTERN_PUSH_PORT" "$pid" "${1:-10000}"
}

bench_gateway() {
    find_jdk
    install_engines wrk=wrk haproxy=haproxy nginx=nginx-light
    build_services
    ulimit -n "$(ulimit -Hn)"
    run_benchmarks org.postern.benchmarks.door.DoorBench "$(service_jar gateway)" "${1:-20}" "${2:-10000}" "${3:-5000000}"
}
