{{/* What a service is told by its environment: (list $ name fixed values) */}}
{{- define "postern.env" -}}
{{- $root := index . 0 -}}{{- $name := index . 1 -}}{{- $fixed := index . 2 -}}{{- $values := index . 3 -}}
{{- $v := $root.Values -}}
- {name: QUARKUS_HTTP_HOST, value: 0.0.0.0}
- {name: QUARKUS_HTTP_PORT, value: {{ $fixed.http | quote }}}
- {name: QUARKUS_MANAGEMENT_HOST, value: 0.0.0.0}
- {name: QUARKUS_MANAGEMENT_PORT, value: {{ $fixed.management | quote }}}
- {name: QUARKUS_OIDC_AUTH_SERVER_URL, value: {{ required "oidc.issuer is needed: the URL of your OpenID provider's realm" $v.oidc.issuer | quote }}}
{{- with $v.oidc.clientId }}
- {name: QUARKUS_OIDC_CLIENT_ID, value: {{ . | quote }}}
{{- end }}
{{- with $v.oidc.audience }}
- {name: QUARKUS_OIDC_TOKEN_AUDIENCE, value: {{ . | quote }}}
{{- end }}
- {name: QUARKUS_LOG_CONSOLE_JSON_ENABLED, value: {{ $v.logging.json | quote }}}
- {name: QUARKUS_LOG_LEVEL, value: {{ $v.logging.level | quote }}}
{{- with $v.tracing.endpoint }}
- {name: POSTERN_TRACING_ENDPOINT, value: {{ . | quote }}}
- {name: POSTERN_TRACING_SHARE, value: {{ $v.tracing.share | quote }}}
{{- end }}
{{- if $fixed.kafka }}
{{ include "postern.kafkaEnv" (list $root $name) }}
{{- end }}
{{- if $fixed.database }}
- {name: QUARKUS_DATASOURCE_JDBC_URL, value: {{ printf "jdbc:postgresql://%s:%v/%s?sslmode=%s%s" (required "database.host is needed: your PostgreSQL server" $v.database.host) $v.database.port $v.database.name $v.database.sslMode (include "postern.databaseTrust" $root) | quote }}}
{{- $secret := include "postern.of" (list $v.database.existingSecret $name) }}
- {name: QUARKUS_DATASOURCE_USERNAME, valueFrom: {secretKeyRef: {name: {{ $secret }}, key: {{ $v.database.userKey }}}}}
- {name: QUARKUS_DATASOURCE_PASSWORD, valueFrom: {secretKeyRef: {name: {{ $secret }}, key: {{ $v.database.passwordKey }}}}}
{{- end }}
{{- if $fixed.store }}
{{ include "postern.storeEnv" (list $root $name) }}
{{- end }}
{{- range $variable, $file := $fixed.keys }}
- {name: {{ $variable }}, value: /run/secrets/postern/{{ $file }}}
{{- end }}
{{ include (printf "postern.env.%s" $name) $root }}
- {name: JAVA_TOOL_OPTIONS, value: {{ $values.javaOptions | quote }}}
{{- with $values.env }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{- define "postern.storeEnv" -}}
{{- $root := index . 0 -}}{{- $name := index . 1 -}}{{- $store := $root.Values.store -}}
- {name: POSTERN_STORE_KIND, value: {{ $store.kind }}}
{{- if eq $store.kind "s3" }}
- {name: POSTERN_STORE_S3_BUCKET, value: {{ required "store.s3.bucket is needed with store.kind s3" $store.s3.bucket | quote }}}
- {name: POSTERN_STORE_S3_REGION, value: {{ $store.s3.region | quote }}}
- {name: POSTERN_STORE_S3_PATH_STYLE, value: {{ $store.s3.pathStyle | quote }}}
{{- with $store.s3.prefix }}
- {name: POSTERN_STORE_S3_PREFIX, value: {{ . | quote }}}
{{- end }}
{{- with $store.s3.endpoint }}
- {name: POSTERN_STORE_S3_ENDPOINT, value: {{ . | quote }}}
{{- end }}
{{- with $store.s3.existingSecret }}
{{- $secret := include "postern.of" (list . $name) }}
- {name: AWS_ACCESS_KEY_ID, valueFrom: {secretKeyRef: {name: {{ $secret }}, key: {{ $store.s3.idKey }}}}}
- {name: AWS_SECRET_ACCESS_KEY, valueFrom: {secretKeyRef: {name: {{ $secret }}, key: {{ $store.s3.secretKey }}}}}
{{- end }}
{{- else }}
- {name: POSTERN_STORE_ROOT, value: /var/lib/postern/store}
{{- end }}
{{- end -}}

{{- define "postern.kafkaEnv" -}}
{{- $root := index . 0 -}}{{- $name := index . 1 -}}{{- $kafka := $root.Values.kafka -}}
{{- $strimzi := $kafka.strimzi.enabled -}}
{{- $user := include "postern.kafkaUserSecret" . -}}
- {name: KAFKA_BOOTSTRAP_SERVERS, value: {{ include "postern.bootstrap" $root | quote }}}
- {name: KAFKA_SECURITY_PROTOCOL, value: {{ include "postern.kafkaProtocol" $root | quote }}}
{{- $ca := include "postern.kafkaCaSecret" $root -}}
{{- if $ca }}
- {name: KAFKA_SSL_TRUSTSTORE_LOCATION, value: /run/secrets/kafka-ca/ca.p12}
- {name: KAFKA_SSL_TRUSTSTORE_TYPE, value: PKCS12}
- {name: KAFKA_SSL_TRUSTSTORE_PASSWORD, valueFrom: {secretKeyRef: {name: {{ $ca }}, key: ca.password}}}
{{- end }}
{{- if eq (include "postern.kafkaProtocol" $root) "SSL" }}
- {name: KAFKA_SSL_KEYSTORE_LOCATION, value: /run/secrets/kafka-user/user.p12}
- {name: KAFKA_SSL_KEYSTORE_TYPE, value: PKCS12}
- {name: KAFKA_SSL_KEYSTORE_PASSWORD, valueFrom: {secretKeyRef: {name: {{ $user }}, key: user.password}}}
{{- else if hasPrefix "SASL" (include "postern.kafkaProtocol" $root) }}
- {name: KAFKA_SASL_MECHANISM, value: {{ $kafka.external.saslMechanism }}}
- {name: KAFKA_SASL_JAAS_CONFIG, valueFrom: {secretKeyRef: {name: {{ $user }}, key: sasl.jaas.config}}}
{{- end }}
{{- end -}}

{{- define "postern.bootstrap" -}}
{{- if .Values.kafka.strimzi.enabled -}}
{{ include "postern.part" (list . "kafka") }}-kafka-bootstrap:9093
{{- else -}}
{{ required "kafka.external.bootstrapServers is needed, or kafka.strimzi.enabled" .Values.kafka.external.bootstrapServers }}
{{- end -}}
{{- end -}}

{{- define "postern.kafkaProtocol" -}}
{{- ternary "SSL" .Values.kafka.external.protocol .Values.kafka.strimzi.enabled -}}
{{- end -}}

{{/* The Secret with what a service shows to Kafka: user.p12 and user.password, or sasl.jaas.config. */}}
{{- define "postern.kafkaUserSecret" -}}
{{- $root := index . 0 -}}{{- $name := index . 1 -}}
{{- if $root.Values.kafka.strimzi.enabled -}}
{{ include "postern.part" (list $root $name) }}
{{- else if ne $root.Values.kafka.external.protocol "PLAINTEXT" -}}
{{ include "postern.of" (list (required "kafka.external.userSecret is needed for this protocol" $root.Values.kafka.external.userSecret) $name) }}
{{- end -}}
{{- end -}}

{{- define "postern.kafkaCaSecret" -}}
{{- if .Values.kafka.strimzi.enabled -}}
{{ include "postern.part" (list . "kafka") }}-cluster-ca-cert
{{- else -}}
{{ .Values.kafka.external.caSecret }}
{{- end -}}
{{- end -}}

{{- define "postern.url" -}}
{{- $root := index . 0 -}}{{- $name := index . 1 -}}
{{- $fixed := index (include "postern.services" $root | fromYaml) $name -}}
http://{{ include "postern.part" (list $root $name) }}:{{ $fixed.http }}
{{- end -}}

{{- define "postern.env.gateway" -}}
{{- range list "message" "scan" "spam" "render" "push" }}
- {name: POSTERN_GATEWAY_SERVICES_{{ upper . }}, value: {{ include "postern.url" (list $ .) | quote }}}
{{- end }}
- {name: POSTERN_GATEWAY_SECURITY_TXT_CONTACT, value: {{ required "gateway.securityContact is needed: whom to tell of a vulnerability (mailto: or https:)" .Values.gateway.securityContact | quote }}}
{{- with .Values.gateway.login }}
{{- if .enabled }}
- {name: POSTERN_GATEWAY_LOGIN_ENABLED, value: "true"}
- {name: POSTERN_GATEWAY_LOGIN_ORIGIN, value: {{ required "gateway.login.origin is needed where gateway.login.enabled is true: https://HOST" .origin | quote }}}
- {name: QUARKUS_OIDC_LOGIN_CLIENT_ID, value: {{ .clientId | quote }}}
- name: QUARKUS_OIDC_LOGIN_CREDENTIALS_SECRET
  valueFrom: {secretKeyRef: {name: {{ required "gateway.login.existingSecret is needed where gateway.login.enabled is true: the secret of the client" .existingSecret }}, key: {{ .key }}}}
{{- end }}
{{- end }}
{{- with .Values.gateway.sharedLimits }}
{{- if .enabled }}
- {name: POSTERN_GATEWAY_LIMITS_SHARED_REDIS, value: {{ default (printf "redis://%s" (include "postern.redisAddress" $)) .address | quote }}}
- {name: POSTERN_GATEWAY_LIMITS_SHARED_PASSWORD_FILE, value: /run/secrets/limits/{{ .passwordKey }}}
{{- with .trustKey }}
- {name: POSTERN_GATEWAY_LIMITS_SHARED_TRUST_FILE, value: /run/secrets/limits/{{ . }}}
{{- end }}
- {name: POSTERN_GATEWAY_LIMITS_SHARED_TIME_LIMIT, value: {{ .timeLimit | quote }}}
{{- end }}
{{- end }}
{{- end -}}

{{- define "postern.env.message" -}}
- {name: POSTERN_MILTER_ENABLED, value: {{ .Values.message.milter.enabled | quote }}}
- {name: POSTERN_MILTER_HOST, value: 0.0.0.0}
- {name: POSTERN_MILTER_PORT, value: "8891"}
- {name: POSTERN_MILTER_ALLOWED_NETWORKS, value: {{ join "," .Values.message.milter.allowedNetworks | quote }}}
{{- with .Values.message.mtaHooks }}
{{- if .enabled }}
- {name: POSTERN_MTA_HOOKS_ENABLED, value: "true"}
- {name: POSTERN_MTA_HOOKS_HOST, value: 0.0.0.0}
- {name: POSTERN_MTA_HOOKS_PORT, value: "8892"}
- {name: POSTERN_MTA_HOOKS_ALLOWED_NETWORKS, value: {{ join "," .allowedNetworks | quote }}}
- {name: POSTERN_MTA_HOOKS_SECRET_FILE, value: /run/secrets/mta-hooks/{{ .key }}}
{{- end }}
{{- end }}
{{- with .Values.message.release.host }}
- {name: POSTERN_QUARANTINE_RELEASE_HOST, value: {{ . | quote }}}
- {name: POSTERN_QUARANTINE_RELEASE_PORT, value: {{ $.Values.message.release.port | quote }}}
{{- end }}
{{- with .Values.message.siem }}
- {name: POSTERN_SIEM_TO, value: {{ .to }}}
{{- if ne .to "none" }}
- {name: POSTERN_SIEM_FORMAT, value: {{ .format }}}
{{- end }}
{{- if eq .to "syslog" }}
- {name: POSTERN_SIEM_HOST, value: {{ required "message.siem.host is needed with message.siem.to syslog" .host | quote }}}
- {name: POSTERN_SIEM_PORT, value: {{ .port | quote }}}
- {name: POSTERN_SIEM_TLS, value: {{ .tls | quote }}}
{{- end }}
{{- end }}
- {name: POSTERN_WEBHOOKS_ENABLED, value: {{ .Values.message.webhooks.enabled | quote }}}
{{- with .Values.message.withdrawal }}
{{- if .enabled }}
- {name: POSTERN_WITHDRAWAL_ENABLED, value: "true"}
- {name: POSTERN_WITHDRAWAL_URL, value: {{ required "message.withdrawal.url is needed where message.withdrawal.enabled is true" .url | quote }}}
{{- with .allowedNetworks }}
- {name: POSTERN_WITHDRAWAL_ALLOWED_NETWORKS, value: {{ join "," . | quote }}}
{{- end }}
{{- with .user }}
- {name: POSTERN_WITHDRAWAL_USER, value: {{ . | quote }}}
{{- end }}
{{- if .existingSecret }}
- {name: POSTERN_WITHDRAWAL_SECRET_FILE, value: /run/secrets/jmap/{{ .key }}}
{{- end }}
{{- end }}
{{- end }}
- {name: POSTERN_RENDITION_URL, value: {{ include "postern.url" (list . "render") | quote }}}
{{- if .Values.message.policy }}
- {name: POSTERN_POLICY_FILE, value: /work/config/policy.yaml}
{{- end }}
{{- end -}}

{{- define "postern.env.scan" -}}
- {name: POSTERN_CLAMD_HOST, value: {{ default (include "postern.part" (list . "clamav")) .Values.clamav.external.host | quote }}}
- {name: POSTERN_CLAMD_PORT, value: {{ ternary .Values.clamav.external.port 3310 (ne .Values.clamav.external.host "") | quote }}}
{{- end -}}

{{- define "postern.env.spam" -}}
- {name: POSTERN_RSPAMD_URL, value: {{ default (printf "http://%s:11333" (include "postern.part" (list . "rspamd"))) .Values.rspamd.external.url | quote }}}
{{- if include "postern.learns" . }}
- {name: POSTERN_LEARNING_CONTROLLER, value: {{ default (printf "http://%s:11334" (include "postern.part" (list . "rspamd"))) .Values.rspamd.external.controllerUrl | quote }}}
- {name: POSTERN_LEARNING_PASSWORD_FILE, value: /run/secrets/rspamd/{{ .Values.rspamd.passwordKey }}}
{{- else }}
- {name: POSTERN_LEARNING_ENABLED, value: "false"}
{{- end }}
{{- end -}}

{{/* Whether there is a controller of Rspamd to learn by: an Rspamd elsewhere may have none for us. */}}
{{- define "postern.learns" -}}
{{- if or .Values.rspamd.enabled .Values.rspamd.external.controllerUrl }}true{{ end -}}
{{- end -}}

{{- define "postern.env.render" -}}
{{- $host := .Values.ingress.host -}}
{{- if and (not $host) .Values.gatewayApi.hostnames }}{{- $host = first .Values.gatewayApi.hostnames }}{{- end -}}
{{- with $host }}
{{- /* Where readers' browsers ask for the images of the proxy. */}}
- {name: POSTERN_IMAGES_ORIGIN, value: {{ printf "https://%s" . | quote }}}
{{- end }}
{{- end -}}

{{- define "postern.env.push" -}}
{{- with .Values.push.webPushContact }}
- {name: POSTERN_WEBPUSH_CONTACT, value: {{ . | quote }}}
{{- end }}
{{- if .Values.push.firebase.existingSecret }}
- {name: POSTERN_FIREBASE_CREDENTIALS_FILE, value: /run/secrets/firebase/{{ .Values.push.firebase.key }}}
{{- end }}
{{- end -}}

{{/* How PostgreSQL's certificate is verified: by an authority of one's own, or by those of the JVM. */}}
{{- define "postern.databaseTrust" -}}
{{- $database := .Values.database -}}
{{- if not (hasPrefix "verify-" $database.sslMode) -}}
{{- if $database.caSecret }}{{ fail "database.caSecret is read with database.sslMode verify-ca or verify-full alone" }}{{ end -}}
{{- else if $database.caSecret -}}
&sslrootcert=/run/secrets/database-ca/{{ $database.caKey }}
{{- else -}}
&sslfactory=org.postgresql.ssl.DefaultJavaSSLFactory
{{- end -}}
{{- end -}}
