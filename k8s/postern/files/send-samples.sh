#!/bin/sh
# Sends the four sample mails through the gateway and checks what was decided. Needs a POSIX shell, curl and sed.
#   TOKEN_URL, CLIENT_ID, CLIENT_SECRET   where a token comes from, and who asks: a client with mail-submit
#   GATEWAY_URL                           the door
#   SAMPLES                               the folder with clean.eml, virus.eml, spam.eml, newsletter.eml
set -eu

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

# The secret goes by standard input: arguments can be read by others.
token=$(printf 'grant_type=client_credentials&client_id=%s&client_secret=%s' "$CLIENT_ID" "$CLIENT_SECRET" |
    curl -sS -m 20 --data @- "$TOKEN_URL" | sed -n 's/.*"access_token":"\([^"]*\)".*/\1/p')
[ -n "$token" ] || {
    echo "no token from $TOKEN_URL: does the client $CLIENT_ID exist, and is its secret right?" >&2
    exit 1
}

failed=0
check() { # SAMPLE EXPECTED-DISPOSITIONS
    sed -e "s|@DATE@|$(date -u '+%a, %d %b %Y %H:%M:%S +0000')|" -e "s|@ID@|$(date +%s)$$|" "$SAMPLES/$1.eml" >"$tmp/mail.eml"
    printf 'header = "Authorization: Bearer %s"\n' "$token" |
        curl -sS -m 60 -K - -X POST -H 'Content-Type: message/rfc822' -H 'Envelope-From: sender@example.com' \
            -H 'Envelope-To: alice@example.org' -H 'Client-Ip: 192.0.2.10' -H 'Client-Helo: mail.example.com' \
            -H 'Prefer: wait=30' --data-binary "@$tmp/mail.eml" "$GATEWAY_URL/v1/messages" >"$tmp/answer.json"
    disposition=$(sed -n 's/.*"disposition" *: *"\([a-z-]*\)".*/\1/p' "$tmp/answer.json" | head -n 1)
    case " $2 " in
        *" $disposition "*) echo "$1: $disposition, as it should be" ;;
        *)
            echo "$1: ${disposition:-no verdict} instead of $2" >&2
            sed -n 's/.*"code" *: *"\([a-z-]*\)".*/  the answer says \1/p' "$tmp/answer.json" >&2
            failed=1
            ;;
    esac
}

check clean "deliver deliver-with-warning"
check newsletter "deliver deliver-with-warning"
check spam "junk quarantine reject"
check virus "reject quarantine"
exit $failed
