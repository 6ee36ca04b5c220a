# shellcheck shell=bash
# What the suite is made of.

help_sbom() {
    cat <<'TEXT'
usage: ./postern sbom

Writes the bill of materials of the suite (CycloneDX, target/bom.json) and of each image that podman or Docker has
(target/sbom), and holds the licences to the list in security/licences.json. Needs Maven's repositories; no databases of
vulnerabilities are asked: CI does that with Trivy.
TEXT
}

verb_sbom() {
    find_jdk
    install_engines
    mkdir -p "$LOGS"
    say "resolving what the suite is made of"
    # What is shipped: not what tests and benchmarks are made with.
    (cd "$ROOT" && mvn -B -q org.cyclonedx:cyclonedx-maven-plugin:2.9.1:makeAggregateBom -DincludeTestScope=false \
        -DexcludeArtifactId=mail-test-support,e2e-tests,deploy-tests,benchmarks -DoutputReactorProjects=false) >"$LOGS/sbom.log" 2>&1 || {
        tail -n 30 "$LOGS/sbom.log" >&2
        fail "the bill of materials could not be made; the whole output is in $LOGS/sbom.log"
    }
    say "target/bom.json: $(jq '.components | length' "$ROOT/target/bom.json") components"
    check_licences "$ROOT/target/bom.json"
    image_boms
}

# Of each image that is there: the packages of Debian in it (their status lies where scanners look for it) and its JDK.
# The jars of a service stand in the bill of the suite.
image_boms() {
    local engine image version
    version=$(suite_version)
    for engine in podman docker; do
        ! "$engine" image inspect "postern/gateway:$version" >/dev/null 2>&1 || break
    done
    "$engine" image inspect "postern/gateway:$version" >/dev/null 2>&1 || {
        say "no images are here: ./postern images makes them"
        return 0
    }
    mkdir -p "$ROOT/target/sbom"
    for image in gateway message-service scan-service spam-service render-service push-service clamav rspamd; do
        "$engine" image inspect "postern/$image:$version" >/dev/null 2>&1 || continue
        image_packages "$engine" "postern/$image:$version" |
            jq -Rn --arg name "postern/$image" --arg version "$version" '
                [inputs | split("\t") | select(length == 3)] as $found
                | (first($found[] | select(.[0] == "os")) // ["os", "", "debian"]) as [$_, $release, $system]
                | {bomFormat: "CycloneDX", specVersion: "1.6", version: 1,
                 metadata: {component: {type: "container", name: $name, version: $version}},
                 components: [$found[]
                    | if .[0] == "os" then {type: "operating-system", name: $system, version: $release}
                      elif .[0] == "openjdk" then {type: "library", name: .[0], version: .[1], purl: "pkg:generic/openjdk@\(.[1] | @uri)"}
                      else {type: "library", name: .[0], version: .[1],
                        purl: "pkg:deb/\($system)/\(.[0] | @uri)@\(.[1] | @uri)?arch=\(.[2])&distro=\($system)-\($release)"} end]}' >"$ROOT/target/sbom/$image.json"
        say "target/sbom/$image.json: $(jq '.components | length' "$ROOT/target/sbom/$image.json") packages"
    done
}

# Name, version and architecture of each package, the system that they are of (as "os") and the JDK, without starting anything:
# an image of ours has no shell to ask.
image_packages() { # ENGINE IMAGE
    local id file
    id=$("$1" create "$2" none)
    {
        # One of the two is a link to the other, or a copy.
        for file in /usr/lib/os-release /etc/os-release; do image_file "$1" "$id" "$file"; done |
            sed -n 's/"//g; s/^ID=/Package: os\nArchitecture: /p; s/^VERSION_ID=/Version: /p' | os_entry
        for file in /var/lib/dpkg/status /var/lib/dpkg/status.d; do image_file "$1" "$id" "$file"; done
        image_file "$1" "$id" /opt/java/release | sed -n 's/^JAVA_VERSION="\(.*\)"/Package: openjdk\nArchitecture: all\nVersion: \1/p'
    } | awk '/^Package: / {p = $2} /^Architecture: / {a = $2} /^Version: / && !seen[p]++ {print p "\t" $2 "\t" a}'
    "$1" rm "$id" >/dev/null
}

# An os-release names its fields in any order.
os_entry() { awk '/^Architecture: / && !a {a = $0} /^Version: / && !v {v = $0} END {if (a && v) print "Package: os\n" a "\n" v}'; }

# What is in a file of an image, or in those of a folder; nothing where it is not there or leads elsewhere.
image_file() { # ENGINE CONTAINER PATH
    "$1" cp "$2:$3" - 2>/dev/null | tar -xO 2>/dev/null || true
}

# A component passes with one licence of the list, or by a line of its own with a reason.
check_licences() { # BOM
    local refused
    refused=$(jq -r --slurpfile list "$ROOT/security/licences.json" '
        $list[0] as $list
        | .components[]
        | ((.group // "") + ":" + .name) as $component
        | [.licenses[]? | (.license.id // .license.name // .expression)] as $licences
        | select(any($licences[]; . as $l | $list.allowed | index($l)) | not)
        | select($list.reviewed[$component] == null)
        | "  \($component) \(.version): \(if $licences == [] then "names no licence" else $licences | join(", ") end)"' "$1" | sort -u)
    [ -z "$refused" ] || {
        say "$refused" >&2
        fail "these components have a licence that is not in security/licences.json"
    }
    say "licences: all of them in security/licences.json"
}
