# shellcheck shell=bash
# The suite in containers: its images, and all of it on one machine with Docker.

help_images() {
    cat <<'TEXT'
usage: ./postern images [build] [--bases registry|local] [IMAGE...]
       ./postern images test

Builds the images with podman, buildah or docker. Without --bases, bases come from a registry where one answers, and are
otherwise made of Debian's packages and of the JDK that is found. "test" builds them and runs them: on the Docker that
DOCKER_HOST or the machine has, otherwise on one of Debian's packages, started in a network of its own (root needed).
TEXT
}

verb_images() {
    local test=0 bases=() named=()
    while [ $# -gt 0 ]; do
        case $1 in
            build) ;;
            run)
                run_images
                return
                ;;
            test) test=1 ;;
            --bases) bases=(--bases "${2:?--bases needs registry or local}") && shift ;;
            -*) fail "images does not know $1; see ./postern images --help" ;;
            *) named+=("$1") ;;
        esac
        shift
    done
    find_jdk
    mkdir -p "$LOGS"
    build_services
    fetch_parts
    build_images "${bases[@]}" "${named[@]}"
    [ $test = 0 ] || {
        command -v docker >/dev/null || install_engines docker=docker.io iptables=iptables
        fetch_compose
        # Where the test runs there may be no way out: what it needs is fetched here.
        (cd "$ROOT" && mvn -B -q -pl deploy-tests -am -Pimages -DskipTests -DskipITs verify) || fail "the tests of the images do not compile"
        test_images
    }
}

build_images() {
    if ! podman info >/dev/null 2>&1 && ! docker info >/dev/null 2>&1; then
        install_engines buildah=buildah debootstrap=debootstrap podman=podman runc=runc
        write_podman_settings
    fi
    [ "${1:-}" = --bases ] || set -- --bases "$(bases_at_hand)" "$@"
    "$ROOT/deploy/containers/build" "$@" || fail "the images could not be built"
}

# Where no registry answers, the bases are made here.
bases_at_hand() {
    if timeout 20 getent hosts docker.io >/dev/null 2>&1; then echo registry; else echo local; fi
}

# Debian 12 knows cgroups of two kinds, and podman's defaults only one.
write_podman_settings() {
    export CONTAINERS_CONF=$POSTERN_HOME/containers.conf
    cat >"$CONTAINERS_CONF" <<'CONF'
[containers]
default_ulimits=["nofile=20000:20000","nproc=32768:32768"]
[engine]
cgroup_manager="cgroupfs"
runtime="runc"
CONF
}

# A Docker that is there, or one of our own in a network of its own; runs the command with it.
with_docker() {
    if [ -n "${DOCKER_HOST:-}" ] || docker info >/dev/null 2>&1; then
        "$@"
    else
        [ "$(id -u)" = 0 ] || fail "no Docker answers, and only root can start one: start it, or set DOCKER_HOST"
        [ -x /usr/sbin/dockerd ] || install_engines dockerd=docker.io iptables=iptables
        "$ROOT/deploy/containers/engine" "$POSTERN_HOME/docker" "$@"
    fi
}

# What podman has built, Docker must be given.
hand_images_over() {
    local version image
    version=$(suite_version)
    podman info >/dev/null 2>&1 || return 0
    for image in gateway message-service scan-service spam-service render-service push-service clamav rspamd parts; do
        podman image exists "localhost/postern/$image:$version" || continue
        podman save "localhost/postern/$image:$version" | docker load >/dev/null
        docker tag "localhost/postern/$image:$version" "postern/$image:$version"
    done
}

suite_version() { sed -n 's|^  <version>\(.*\)</version>|\1|p' "$ROOT/pom.xml" | head -n 1; }

test_images() {
    with_docker "$ROOT/postern" images run
}

run_images() {
    find_jdk
    hand_images_over
    # Nothing is fetched in there: verb_images has done so before.
    (cd "$ROOT" && mvn -B -q -o -pl deploy-tests -Pimages verify -Dtest=NoSuchTest -Dsurefire.failIfNoSpecifiedTests=false \
        -Ddocker.api.version="$(docker version --format '{{.Server.APIVersion}}')")
    say "the images run as they should; trying all of them by compose"
    verb_compose up
    verb_compose down
}

help_compose() {
    cat <<'TEXT'
usage: ./postern compose up
       ./postern compose down

Starts everything as containers with Docker Compose, waits until all are healthy, and hands four sample mails in. Makes the
keys (deploy/compose/secrets) and builds the images where they are not there. "down" keeps mails and keys.
TEXT
}

verb_compose() {
    case ${1:-} in
        up) compose_up ;;
        down) compose_call down ;;
        *)
            help_compose >&2
            exit 64
            ;;
    esac
}

compose_call() {
    local compose=("docker" "compose")
    [ ! -x "$(own_compose)" ] || compose=("$(own_compose)")
    POSTERN_VERSION=$(suite_version) "${compose[@]}" --progress plain -f "$ROOT/deploy/compose/compose.yaml" "$@"
}

own_compose() { echo "$POSTERN_HOME/compose/usr/libexec/docker/cli-plugins/docker-compose"; }

# Where docker brings no Compose, that of Debian: 12 has one of another kind, and that of 13 runs there too, so that it is
# laid into a folder of its own.
fetch_compose() {
    local folder=$POSTERN_HOME/compose mirror options
    ! docker compose version >/dev/null 2>&1 || return 0
    [ ! -x "$(own_compose)" ] || return 0
    mirror=$(debian_mirror)
    [ -n "$mirror" ] || fail "no docker compose found, and no Debian to take it from: install Docker Compose 2"
    say "fetching Docker Compose (once)"
    mkdir -p "$folder"/{lists,cache/archives}/partial "$LOGS"
    echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror trixie main" >"$folder/sources.list"
    options=(-o Dir::Etc::sourcelist="$folder/sources.list" -o Dir::Etc::sourceparts=- -o Dir::State::lists="$folder/lists"
        -o Dir::Cache="$folder/cache" -o APT::Sandbox::User="$(id -un)")
    (cd "$folder" && apt-get "${options[@]}" update && apt-get "${options[@]}" download docker-compose &&
        dpkg -x docker-compose_*.deb .) >"$LOGS/compose-fetch.log" 2>&1 || {
        tail -n 20 "$LOGS/compose-fetch.log" >&2
        fail "Docker Compose could not be fetched; the whole output is in $LOGS/compose-fetch.log"
    }
    rm -rf "$folder"/{lists,cache}
}

# Where this machine has its packages from; a machine has its sources in one file or in many, and grep minds missing ones.
debian_mirror() {
    { grep -hoE 'https?://[^] ]+/debian/?( |$)' /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null || true; } |
        head -n 1 | tr -d ' '
}

# The keys as files that a container can mount one by one. Inside another user reads them; who may enter the folder is what
# fences them off here.
make_container_secrets() {
    make_secrets
    printf 'quarkus.datasource.password=%s\n' "$(cat "$SECRETS/database.password")" >"$SECRETS/database.properties"
    printf 'quarkus.oidc.login.credentials.secret=%s\n' "$(cat "$SECRETS/client.secret")" >"$SECRETS/login.properties"
    chmod 0700 "$SECRETS" && chmod 0644 "$SECRETS"/*
}

compose_up() {
    command -v docker >/dev/null || fail "no docker found. On Debian: apt-get install docker.io"
    fetch_compose
    local version began=$SECONDS
    version=$(suite_version)
    set_ports
    SECRETS=$ROOT/deploy/compose/secrets
    make_container_secrets
    if ! docker image inspect "postern/gateway:$version" >/dev/null 2>&1; then
        find_jdk
        build_services
        fetch_parts
        build_images
        hand_images_over
    fi
    compose_call up --detach --wait --wait-timeout 400 || {
        compose_call ps
        fail "not everything became healthy; docker compose -f deploy/compose/compose.yaml logs says why"
    }
    say "up after $((SECONDS - began)) s, gateway http://127.0.0.1:$POSTERN_GATEWAY_PORT, milter inet:127.0.0.1:$POSTERN_MILTER_PORT"
    samples || fail "not every sample got a verdict"
}
