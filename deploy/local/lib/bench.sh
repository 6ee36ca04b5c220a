# shellcheck shell=bash
# What things cost: the load harness and the micro benchmarks.

help_bench() {
    cat <<'TEXT'
usage: ./postern bench [MAILS [BYTES [CLIENTS...]]]
       ./postern bench micro [PATTERN]

Hands unique mails to the engines alone (clamd and Rspamd, in parallel, by a bare client) and to the running suite
through its gateway, and prints for both how many a second were decided, how long a decision took and how much CPU time
each part had for a mail. 400 mails of 51200 bytes and 1, 4 and 8 clients where nothing is said. The numbers of a busy
machine mean little: compare ratios.

"micro" needs no running suite: it runs the JMH benchmarks whose names match the pattern, each beside its peer.
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
    load_ports
    access_token >/dev/null || fail "no token: is the suite up? See ./postern status"
    find_jdk
    local mails=${1:-400} size=${2:-51200} clients=(1 4 8)
    [ $# -lt 3 ] || clients=("${@:3}")
    run_benchmarks org.postern.benchmarks.load.LoadHarness "$mails" "$size" "${clients[@]}"
}
