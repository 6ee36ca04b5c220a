# shellcheck shell=bash
# What things cost: the load harness and the micro benchmarks.

help_bench() {
    cat <<'TEXT'
usage: ./postern bench [MAILS [CLIENTS]]
       ./postern bench micro [PATTERN]

Hands mails in through the gateway of the running suite, each one different, and prints how many a second got a
verdict and how much CPU time each part took for a mail. 200 mails and 8 clients where nothing is said. The numbers
of a busy machine mean little: compare ratios.

"micro" needs no running suite: it runs the JMH benchmarks whose names match the pattern, each beside its peer.
TEXT
}

bench_micro() {
    find_jdk
    mkdir -p "$LOGS"
    (cd "$ROOT" && mvn -B -q -Dquickly -pl benchmarks -am package) >"$LOGS/build.log" 2>&1 || {
        tail -n 30 "$LOGS/build.log" >&2
        fail "the build failed; the whole output is in $LOGS/build.log"
    }
    "$JAVA_HOME/bin/java" -cp "$ROOT/benchmarks/target/classes:$(cat "$ROOT/benchmarks/target/classpath")" \
        org.openjdk.jmh.Main "${1:-.*}" -prof gc
}

verb_bench() {
    if [ "${1:-}" = micro ]; then
        bench_micro "${2:-}"
        return
    fi
    local mails=${1:-200} clients=${2:-8} token name began took
    load_ports
    token=$(access_token) || fail "no token: is the suite up?"
    declare -A before
    for name in $(all_parts); do
        before[$name]=$(cpu_of "$name")
    done
    mkdir -p "$POSTERN_HOME/bench"
    export -f hand_in call
    export BENCH_TOKEN=$token POSTERN_GATEWAY_PORT
    began=$(date +%s%N)
    # shellcheck disable=SC2016
    seq "$mails" | xargs -P "$clients" -I{} bash -c '
        f="$POSTERN_HOME/bench/{}.eml"
        printf "From: a@example.com\r\nTo: alice@example.org\r\nSubject: {}\r\nDate: %s\r\nMessage-ID: <{}.$RANDOM@example.com>\r\n\r\nMail {} %s\r\n" "$(date -R)" "$RANDOM" >"$f"
        hand_in "$BENCH_TOKEN" "$f" a@example.com alice@example.org 192.0.2.10 30 >"$f.json"; rm -f "$f"'
    took=$((($(date +%s%N) - began) / 1000000))
    say "$(cat "$POSTERN_HOME"/bench/*.json | jq -r '.recipients[0].disposition // .code // "accepted"' | sort | uniq -c | awk '{printf "%s%s %s", (NR>1?", ":""), $1, $2}')"
    say "$mails mails in $took ms: $((mails * 1000 / took)) a second with $clients clients"
    for name in "${!before[@]}"; do
        say "  $(printf %-10s "$name") $((($(cpu_of "$name") - before[$name]) / mails)) ms CPU a mail"
    done
    rm -rf "$POSTERN_HOME/bench"
}
