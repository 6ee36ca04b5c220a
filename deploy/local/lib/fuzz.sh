# shellcheck shell=bash
# fuzz: inputs that nobody thought of, for as long as one likes.

help_fuzz() {
    cat <<'TEXT'
usage: ./postern fuzz [MODULE [SECONDS [METHOD]]]

Gives Jazzer every method marked @FuzzTest in the tests of a module, or of all modules, for so many seconds each (60),
one after the other, and prints a line for each: inputs tried, inputs a second, new ways through the code found. It begins
with the files beside the test and with what earlier runs kept in .postern/fuzz. An input that crashes, hangs for more
than 20 s or needs more than 1 GiB of heap ends the method, is kept there too, and the verb fails.

  ./postern fuzz                              every method, a minute each
  ./postern fuzz scan-service 600             ten minutes for each method of scan-service
  ./postern fuzz mime-reader 600 walksAnything

The same methods run with the files beside them alone in ./postern test. Linux on x86-64 only, as Jazzer is.
TEXT
}

verb_fuzz() {
    local module=${1:-} seconds=${2:-60} only=${3:-} file rc=0 found=0 methods
    [[ $seconds =~ ^[1-9][0-9]{0,5}$ ]] || fail "SECONDS ($seconds) must be a number from 1 on; see ./postern fuzz --help"
    [ -z "$module" ] || [ -d "$ROOT/$module/src/test" ] || fail "there is no module $module with tests"
    find_jdk
    mkdir -p "$LOGS"
    while IFS= read -r file; do
        mapfile -t methods < <(grep -A1 '@FuzzTest' "$file" | sed -n 's/^ *\(public \)\?void \([A-Za-z0-9_]*\)(.*/\2/p')
        local method
        for method in "${methods[@]}"; do
            [ -z "$only" ] || [ "$only" = "$method" ] || continue
            found=$((found + 1))
            fuzz_method "$file" "$method" "$seconds" || rc=1
        done
    done < <(find "$ROOT/$module" -path '*/src/test/java/*' -name '*FuzzTest.java' | sort)
    [ $found -gt 0 ] || fail "there is no method${only:+ $only} marked @FuzzTest${module:+ in $module}"
    return $rc
}

# The class path of a module's tests, compiled anew unless POSTERN_SKIP_BUILD=1.
fuzz_class_path() {
    local module=$1
    local file=$ROOT/$module/target/fuzz-classpath
    if [ "${POSTERN_SKIP_BUILD:-}" != 1 ] && [ "${fuzz_built:-}" != "$module" ] || [ ! -s "$file" ]; then
        (cd "$ROOT" && mvn -B -q -Dquickly -pl "$module" -am install &&
            mvn -B -q -pl "$module" dependency:build-classpath -DincludeScope=test -Dmdep.outputFile="$file") >"$LOGS/build.log" 2>&1 || {
            tail -n 30 "$LOGS/build.log" >&2
            fail "the build failed; the whole output is in $LOGS/build.log"
        }
        fuzz_built=$module
    fi
    fuzz_classes=$ROOT/$module/target/test-classes:$ROOT/$module/target/classes:$(cat "$file")
}

fuzz_method() { # FILE METHOD SECONDS
    local file=$1 method=$2 seconds=$3 module class seeds kept log rc=0
    module=${file#"$ROOT"/}
    module=${module%%/*}
    class=${file#*/src/test/java/}
    class=${class%.java}
    seeds=$ROOT/$module/src/test/resources/${class}Inputs/$method
    kept=$POSTERN_HOME/fuzz/$module/${class##*/}/$method
    log=$kept.log
    mkdir -p "$kept" "$seeds"
    fuzz_class_path "$module"
    (
        cd "$(dirname "$kept")"
        "$JAVA_HOME/bin/java" -Xmx1g -Djava.awt.headless=true -XX:+EnableDynamicAgentLoading \
            --enable-native-access=ALL-UNNAMED -cp "$fuzz_classes" com.code_intelligence.jazzer.Jazzer \
            --target_class="${class//\//.}" --target_method="$method" --reproducer_path="$(dirname "$kept")" \
            -max_total_time="$seconds" -timeout=20 -rss_limit_mb=0 -max_len=65536 -use_value_profile=1 -print_final_stats=1 \
            -artifact_prefix="$kept.crash." "$kept" "$seeds"
    ) >"$log" 2>&1 || rc=$?
    printf '%-14s %-28s %-24s %9s inputs %6s/s %6s new paths  %s\n' "$module" "${class##*/}" "$method" \
        "$(fuzz_figure number_of_executed_units "$log")" "$(fuzz_figure average_exec_per_sec "$log")" \
        "$(fuzz_figure new_units_added "$log")" "$([ $rc = 0 ] && echo fine || echo "FAILED: $log, $kept.crash.*")"
    return $rc
}

fuzz_figure() { sed -n "s/^stat::$1: *//p" "$2" | tail -n 1; }
