# shellcheck shell=bash
# Tokens, and mails handed in through the gateway.

# shellcheck disable=SC2120
access_token() { # [ROLE]
    local client=postern-cli
    [ -z "${1:-}" ] || client=postern-cli-$1
    # The secret goes by standard input: arguments can be read by every user of the machine.
    printf 'grant_type=client_credentials&client_id=%s&client_secret=%s' "$client" "$(cat "$SECRETS/client.secret")" |
        curl -sS -m 10 --data @- "http://127.0.0.1:$POSTERN_KEYCLOAK_PORT/realms/postern/protocol/openid-connect/token" |
        jq -re '.access_token // empty'
}

# Calls the gateway with a token; the token by standard input, for the same reason.
call() { # TOKEN CURL-ARGUMENTS...
    local token=$1
    shift
    printf 'header = "Authorization: Bearer %s"\n' "$token" | curl -sS -m 60 -K - "$@"
}

hand_in() { # TOKEN FILE FROM TO IP WAIT
    call "$1" -X POST -H 'Content-Type: message/rfc822' -H "Envelope-From: $3" -H "Envelope-To: $4" -H "Client-Ip: $5" \
        -H 'Client-Helo: mail.example.com' -H "Prefer: wait=$6" --data-binary @"$2" \
        "http://127.0.0.1:$POSTERN_GATEWAY_PORT/v1/messages"
}

samples() {
    local token name id answer began took rendition blocked all=0
    token=$(access_token) || fail "Keycloak gave no token; see $LOGS/keycloak.log"
    printf '\n%-11s %-13s %-11s %-14s %-17s %s\n' sample scan class disposition 'remote content' time
    for name in clean virus spam newsletter; do
        sed -e "s|@DATE@|$(date -R)|" -e "s|@ID@|$(date +%s%N)|" "$ROOT/deploy/local/samples/$name.eml" >"$POSTERN_HOME/sample.eml"
        began=$(date +%s%N)
        answer=$(hand_in "$token" "$POSTERN_HOME/sample.eml" sender@example.com alice@example.org 192.0.2.10 30)
        took=$((($(date +%s%N) - began) / 1000000))
        id=$(jq -r '.id // empty' <<<"$answer")
        if [ -z "$id" ]; then
            say "$name: $answer"
            all=1
            continue
        fi
        blocked=-
        if jq -e '.recipients[0].disposition | test("deliver|junk")' <<<"$answer" >/dev/null 2>&1; then
            rendition=$(call "$token" "http://127.0.0.1:$POSTERN_GATEWAY_PORT/v1/messages/$id/rendition")
            blocked=$(jq -r 'if .counts then "\(.counts.blocked) blocked, \(.counts.trackers) tracker" else .code // "?" end' <<<"$rendition")
        fi
        jq -r --arg name "$name" --arg blocked "$blocked" --arg took "$took ms" \
            '[$name, .scan.verdict // "-", .assessment.class // "-", .recipients[0].disposition // "-", $blocked, $took] | @tsv' <<<"$answer" |
            awk -F'\t' '{printf "%-11s %-13s %-11s %-14s %-17s %s\n", $1, $2, $3, $4, $5, $6}'
    done
    rm -f "$POSTERN_HOME/sample.eml"
    return $all
}
