{{/*
What a service is made of: its ports, what it needs, which key files it reads and under which variable. Everything that
differs between services and is not for an administrator to set stands here.
*/}}
{{- define "postern.services" -}}
gateway:
  http: 8080
  management: 9080
  kafka: true
  keys:
    POSTERN_RECIPIENTS_KEY_FILE: recipients.key
    {{- if .Values.gateway.login.enabled }}
    POSTERN_GATEWAY_LOGIN_KEY_FILE: login.key
    {{- end }}
message:
  http: 8081
  management: 9081
  kafka: true
  database: true
  store: true
  group: message-service
  keys:
    POSTERN_STORE_KEY_FILE: store.key
    POSTERN_RECIPIENTS_KEY_FILE: recipients.key
    POSTERN_RENDITION_SIGNING_KEY_FILE: rendition.key
    POSTERN_QUARANTINE_KEY_FILE: quarantine.key
scan:
  http: 8082
  management: 9082
  kafka: true
  database: true
  store: true
  group: scan-service
  keys:
    POSTERN_STORE_KEY_FILE: store.key
spam:
  http: 8083
  management: 9083
  kafka: true
  database: true
  store: true
  group: spam-service
  keys:
    POSTERN_STORE_KEY_FILE: store.key
    POSTERN_HISTORY_KEY_FILE: history.key
render:
  http: 8084
  management: 9084
  kafka: true
  store: true
  group: render-service
  keys:
    POSTERN_STORE_KEY_FILE: store.key
    POSTERN_RENDITION_SIGNING_KEY_FILE: rendition.key
push:
  http: 8085
  management: 9085
  kafka: true
  database: true
  group: push-service
  keys:
    POSTERN_RECIPIENTS_KEY_FILE: recipients.key
    POSTERN_SECRETS_KEY_FILE: push.key
    POSTERN_WEBPUSH_VAPID_KEY_FILE: vapid.pem
{{- end -}}

{{/* A name with {component} in it, for one part. */}}
{{- define "postern.of" -}}
{{- index . 0 | replace "{component}" (index . 1) -}}
{{- end -}}

{{- define "postern.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "postern.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Spread over zones, then over nodes. */}}
{{- define "postern.spread" -}}
{{- range $key := list "topology.kubernetes.io/zone" "kubernetes.io/hostname" }}
- maxSkew: 1
  topologyKey: {{ $key }}
  whenUnsatisfiable: {{ (index $ 0).Values.topologySpread }}
  labelSelector:
    matchLabels: {{- include "postern.selector" $ | nindent 6 }}
{{- end }}
{{- end -}}

{{/* Everything of a pod's specification that all workloads share. */}}
{{- define "postern.pod" -}}
{{- $root := index . 0 -}}{{- $part := index . 1 -}}{{- $values := index . 2 -}}
serviceAccountName: {{ include "postern.part" . }}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext: {{- include "postern.podSecurity" $root | nindent 2 }}
topologySpreadConstraints: {{- include "postern.spread" . | nindent 2 }}
{{- with $root.Values.image.pullSecrets }}
imagePullSecrets:
  {{- range . }}
  - name: {{ . }}
  {{- end }}
{{- end }}
{{- with $root.Values.priorityClassName }}
priorityClassName: {{ . }}
{{- end }}
{{- with $values.nodeSelector }}
nodeSelector: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.tolerations }}
tolerations: {{- toYaml . | nindent 2 }}
{{- end }}
{{- with $values.affinity }}
affinity: {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
