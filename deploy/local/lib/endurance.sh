# shellcheck shell=bash
# What only shows after a while, or when things break.

help_faults() {
    cat <<'TEXT'
usage: ./postern faults [MAILS [KILLS [SEED]]]
       ./postern faults brokers [MAILS [KILLS [SEED]]]

Hands mails in (10000, where nothing is said), half by REST and half through a Postfix of its own, in a suite of its own on
free ports, while services, broker, database and engines are killed with kill -9 and started again (one kill for each 250
mails, in an order drawn from the seed, 1). Prints what was killed when, how many events each topic got and how many of
them twice, and fails where a mail is lost or ends otherwise than it does where nothing is killed. Postfix wants root.

With "brokers": message-service alone on three brokers (1000 mails by REST, where nothing is said), of which one at a time is
killed, stays away while mails come in, and is started again.

A small form of each is part of ./postern test.
TEXT
}

verb_faults() {
    local module=e2e-tests it=FaultsE2E most=10000
    if [ "${1:-}" = brokers ]; then
        module=message-service it=BrokersIT most=1000
        shift
    fi
    local mails=${1:-$most} kills=${2:-} seed=${3:-1} log
    [[ $mails =~ ^[1-9][0-9]{0,6}$ ]] || fail "MAILS ($mails) must be a number from 1 on; see ./postern faults --help"
    : "${kills:=$((mails / 250 + 1))}"
    [[ $kills =~ ^[0-9]{1,4}$ ]] || fail "KILLS ($kills) must be a number; see ./postern faults --help"
    [[ $seed =~ ^-?[0-9]{1,18}$ ]] || fail "SEED ($seed) must be a number; see ./postern faults --help"
    find_jdk
    mkdir -p "$LOGS"
    log=$LOGS/faults.log
    if [ $module = e2e-tests ]; then
        install_engines postfix=postfix
        fetch_parts
    fi
    build_services
    (cd "$ROOT" && exec mvn -B -q -pl $module -Dit.test=$it -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false \
        -Dtest.longest.seconds=$((mails + kills * 60 + 900)) -Dpostern.faults.mails="$mails" \
        -Dpostern.faults.kills="$kills" -Dpostern.faults.seed="$seed" verify) >"$log" 2>&1 &
    local maven=$! rc=0
    tail -n +1 -F --pid="$maven" "$log" 2>/dev/null | sed -nu 's/^faults: //p'
    wait "$maven" || rc=$?
    [ $rc = 0 ] || {
        tail -n 30 "$log" >&2
        fail "the run failed; the whole output is in $log"
    }
}

help_soak() {
    cat <<'TEXT'
usage: ./postern soak [MINUTES [BYTES [CLIENTS]]]

Hands unique mails to the running suite through its gateway for so many minutes (30, mails of 51200 bytes, 4 clients), and
once a minute prints how many were decided and what each JVM holds: objects alive after a full collection, and memory of
the process, in MiB. Fails where a mail got no decision, or where what is alive in a part is more in the last third than in
the second by over a tenth and 4 MiB.
TEXT
}

verb_soak() {
    load_ports
    access_token >/dev/null || fail "no token: is the suite up? See ./postern status"
    find_jdk
    run_benchmarks org.postern.benchmarks.load.Soak "${1:-30}" "${2:-51200}" "${3:-4}"
}
