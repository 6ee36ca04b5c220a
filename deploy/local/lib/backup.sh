# shellcheck shell=bash
# A copy of everything that one machine keeps, and the way back.

# What is kept: folders of POSTERN_HOME. The rest (logs, compiled lists, signatures, the provider's import) is made anew.
KEPT=(store postgres kafka redis)

help_backup() {
    cat <<'TEXT'
usage: ./postern backup FOLDER

Stops the suite, copies what it keeps into FOLDER (which must not be there), and starts again what ran. Mail servers are told
to come again meanwhile. One archive each:

  store.tar     bodies, encrypted
  postgres.tar  the database: quarantine, subscriptions, who acted on what. It holds addresses: keep it as you keep mail
  kafka.tar     events and what was read of them. mail.received holds addresses
  redis.tar     what the filter has learned
  keys.tar      keys and passwords. Move it to another place than store.tar: together they are the mail
TEXT
}

help_restore() {
    cat <<'TEXT'
usage: ./postern restore FOLDER [--keys FILE]

Lays a copy that ./postern backup made where nothing is yet: in a fresh checkout, or after .postern was moved away. Checks the
sums of all archives first. Nothing is started: ./postern up does that. --keys names keys.tar where it was kept elsewhere.
TEXT
}

verb_backup() {
    local to=${1:-} name status=0 ran=()
    [ $# = 1 ] || fail "backup needs one FOLDER; see ./postern backup --help"
    [ ! -e "$to" ] || fail "$to is there already"
    [ -d "$POSTERN_HOME/postgres/data" ] || fail "nothing is kept in $POSTERN_HOME"
    load_ports
    for name in $(all_parts); do
        ! pid_of "$name" >/dev/null || ran+=("$name")
    done
    stop_all
    copy_state "$to" || status=$?
    [ ${#ran[@]} = 0 ] || start_parts "${ran[@]}"
    [ $status = 0 ] || fail "the copy was not made; what was written of it is in $to.new"
    say "$(du -sh "$to" | cut -f1) in $to. Move keys.tar to another place than store.tar."
}

copy_state() { # FOLDER; in a subshell, so that what ran is started again whatever happens
    (
        umask 077
        rm -rf "$1.new"
        mkdir -p "$1.new" && cd "$1.new" || exit 1
        local name
        for name in "${KEPT[@]}"; do
            [ ! -d "$POSTERN_HOME/$name" ] || tar --sparse --numeric-owner -C "$POSTERN_HOME" -cf "$name.tar" "$name" || exit 1
        done
        tar -C "$SECRETS" -cf keys.tar . || exit 1
        suite_version >version || exit 1
        sha256sum -- *.tar >sums || exit 1
        # On the disk before it is called a copy.
        sync -f . || exit 1
    ) && mv "$1.new" "$1"
}

verb_restore() {
    local from='' keys='' name folder
    while [ $# -gt 0 ]; do
        case $1 in
            --keys) keys=${2:?--keys needs a FILE} && shift ;;
            -*) fail "restore does not know $1; see ./postern restore --help" ;;
            *) from=$1 ;;
        esac
        shift
    done
    [ -f "$from/sums" ] || fail "'$from' is no copy that ./postern backup made; see ./postern restore --help"
    keys=$(realpath -m "${keys:-$from/keys.tar}")
    [ -f "$keys" ] || fail "$keys is not there: without the keys no stored mail can be read. Name it with --keys"
    for folder in "${KEPT[@]}" secrets; do
        [ ! -e "$POSTERN_HOME/$folder" ] || fail "$POSTERN_HOME/$folder is there already: stop the suite and move $POSTERN_HOME away first"
    done
    (cd "$from" && sed "s|  keys.tar\$|  $keys|" sums | sha256sum --quiet -c -) || fail "the copy is damaged; nothing was restored"
    [ "$(cat "$from/version")" = "$(suite_version)" ] ||
        say "the copy was made by version $(cat "$from/version"), this is $(suite_version): the database is brought up to date at the next start"
    mkdir -p "$POSTERN_HOME"
    for name in "${KEPT[@]}"; do
        [ ! -f "$from/$name.tar" ] || tar --numeric-owner -C "$POSTERN_HOME" -xpf "$from/$name.tar" || fail "$name.tar could not be restored"
    done
    (umask 077 && mkdir -p "$SECRETS")
    tar -C "$SECRETS" -xpf "$keys" || fail "the keys could not be restored"
    say "restored into $POSTERN_HOME; ./postern up starts it"
}
