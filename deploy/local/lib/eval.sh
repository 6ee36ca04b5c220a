# shellcheck shell=bash
# eval: how well the analysis does on mails whose class is known.

help_eval() {
    cat <<'TEXT'
usage: ./postern eval spam [OPTIONS] [LABEL=]DIR...

Runs labelled mails through the analysis of spam-service, without a network and without a running suite, and prints
recall, precision, the rate of false positives, how often each finding was made on each class, and the worst mistakes.

A mail's label is legitimate, spam or phishing: by LABEL=DIR, by a file labels.csv in DIR with lines FILE,LABEL, or by
the nearest folder whose name has a word for one (ham, newsletter, spam, phish ...).

  --json FILE      write all figures, and what came of each mail, as JSON
  --domains FILE   count the look-alikes in a list of well-known domains, a domain a line
  --rspamd URL     ask a Rspamd too, for instance http://127.0.0.1:11333
  --weights FILE   another table of weights
  --worst N        how many mistakes to print (20)
TEXT
}

verb_eval() {
    [ "${1:-}" = spam ] || {
        help_eval >&2
        exit 64
    }
    shift
    if [ "${1:-}" = --help ]; then
        help_eval
        return 0
    fi
    [ $# -gt 0 ] || {
        help_eval >&2
        exit 64
    }
    find_jdk
    local app=$ROOT/spam-service/target/quarkus-app
    if [ ! -f "$app/quarkus-run.jar" ]; then
        say "building spam-service" >&2
        mkdir -p "$LOGS"
        (cd "$ROOT" && mvn -B -q -Dquickly -pl spam-service -am install) >"$LOGS/build.log" 2>&1 || {
            tail -n 30 "$LOGS/build.log" >&2
            fail "the build failed; the whole output is in $LOGS/build.log"
        }
    fi
    [ ! -t 2 ] || export POSTERN_PROGRESS_BAR=1
    "$JAVA_HOME/bin/java" -Djava.awt.headless=true -Xmx1g -cp "$app/app/*:$app/lib/main/*:$app/lib/boot/*" \
        org.postern.spam.evaluation.SpamEvaluation "$@"
}
