# shellcheck shell=bash
# The policy: checked, tried, explained.

help_policy() {
    cat <<'TEXT'
usage: ./postern policy show
       ./postern policy check FILE
       ./postern policy dry-run FILE [--last N]
       ./postern policy explain MESSAGE-ID

  show      the policy in force, its version, and why a newer text of the file is not in force
  check     whether a file is a policy; where it is not, the line and the column of the mistake
  dry-run   what a policy would have done to the last N messages (1000) that was not done
  explain   which rule decides about each recipient of a message, and why none before it did

The suite must be up. To change the policy, set postern.policy.file of the message-service: a change of that file takes
effect within seconds.
TEXT
}

verb_policy() {
    local act=${1:-} url token
    load_ports
    url=http://127.0.0.1:$POSTERN_GATEWAY_PORT/v1
    case $act in
        show | check | dry-run | explain) shift ;;
        *) fail "policy does not know '$act'; see ./postern policy --help" ;;
    esac
    token=$(access_token) || fail "no token: is the suite up?"
    case $act in
        show) policy_show "$token" "$url" ;;
        check) policy_check "$token" "$url" "${1:?check needs a FILE}" ;;
        dry-run) policy_dry_run "$token" "$url" "$@" ;;
        explain) policy_explain "$token" "$url" "${1:?explain needs a MESSAGE-ID}" ;;
    esac
}

policy_show() { # TOKEN URL
    local answer
    answer=$(call "$1" "$2/policy")
    jq -er '"# version \(.version), in force since \(.since)" + (if .mistake then "\n# the file is not used: \(.mistake)" else "" end) + "\n" + .text' <<<"$answer" 2>/dev/null ||
        fail "$answer"
}

policy_check() { # TOKEN URL FILE
    local answer
    [ -r "$3" ] || fail "there is no file $3"
    answer=$(call "$1" -X POST -H 'Content-Type: application/yaml' --data-binary @"$3" "$2/policy/check")
    case $(jq -r '.valid' <<<"$answer" 2>/dev/null) in
        true) say "$3 is a policy" ;;
        false)
            say "$3: $(jq -r '.mistake' <<<"$answer")"
            return 1
            ;;
        *) fail "$answer" ;;
    esac
}

policy_dry_run() { # TOKEN URL FILE [--last N]
    local token=$1 url=$2 file=${3:?dry-run needs a FILE} last=1000 answer
    [ "${4:-}" != --last ] || last=${5:?--last needs a number}
    [ -r "$file" ] || fail "there is no file $file"
    answer=$(call "$token" -X POST -H 'Content-Type: application/yaml' --data-binary @"$file" "$url/policy/dry-run?last=$last")
    jq -er '"\(.messages) messages, \(.recipients) recipients, \(.changed) would get something else",
        (.moves | to_entries[] | "  \(.value)\t\(.key)"),
        (.examples[] | "  \(.id)  \(.from) -> \(.to)  by \(.rule // "no rule")")' <<<"$answer" 2>/dev/null || fail "$answer"
}

policy_explain() { # TOKEN URL ID
    local answer
    answer=$(call "$1" "$2/messages/$3/explain")
    jq -er '"policy \(.policy)", (.recipients[] | "\(.recipient): \(.disposition) by \(.rule // "no rule")",
        (.trials[] | if .matched then (if .passedOver then "  \(.rule): matches, but a required check has no result" else "  \(.rule): decides" end)
            else "  \(.rule): no, \(.misses) is \(.found | join(", ") | if . == "" then "unknown" else . end), not \(.wanted | join(", "))" end))' \
        <<<"$answer" 2>/dev/null || fail "$answer"
}
