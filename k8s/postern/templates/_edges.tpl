{{/*
Who may talk to whom, and nothing else: the table of docs/architecture.md. A test reads the finished policies back and
compares them with that table. "part" is a part of the suite, "peer" somebody outside of it (networkPolicy.peers).
*/}}
{{- define "postern.edges" -}}
{{- $fixed := include "postern.services" . | fromYaml -}}
{{- range $name, $service := $fixed }}
{{ $name }}:
  from:
    {{- if eq $name "gateway" }}
    - {peer: door, port: {{ $service.http }}}
    {{- if $.Values.tests.enabled }}
    - {part: test, port: {{ $service.http }}}
    {{- end }}
    {{- else }}
    - {part: gateway, port: {{ $service.http }}}
    {{- end }}
    {{- if eq $name "render" }}
    - {part: message, port: {{ $service.http }}}
    {{- end }}
    {{- if and (eq $name "message") $.Values.message.milter.enabled }}
    - {peer: mailServer, port: 8891}
    {{- end }}
    {{- if and (eq $name "message") $.Values.message.mtaHooks.enabled }}
    - {peer: mailServer, port: 8892}
    {{- end }}
    - {peer: monitoring, port: {{ $service.management }}}
  to:
    - {peer: provider}
    - {peer: kafka}
    {{- if $.Values.tracing.endpoint }}
    - {peer: collector}
    {{- end }}
    {{- if $service.database }}
    - {peer: database}
    {{- end }}
    {{- if and $service.store (eq $.Values.store.kind "s3") }}
    - {peer: objectStore}
    {{- end }}
    {{- if eq $name "gateway" }}
    {{- if $.Values.gateway.sharedLimits.enabled }}
    {{- if include "postern.redisSharesLimits" $ }}
    - {part: redis, port: 6379}
    {{- else }}
    - {peer: redis}
    {{- end }}
    {{- end }}
    {{- range $other, $target := $fixed }}
    {{- if ne $other "gateway" }}
    - {part: {{ $other }}, port: {{ $target.http }}}
    {{- end }}
    {{- end }}
    {{- else if eq $name "message" }}
    - {part: render, port: {{ $fixed.render.http }}}
    {{- if $.Values.message.release.host }}
    - {peer: smtpRelease}
    {{- end }}
    {{- if eq $.Values.message.siem.to "syslog" }}
    - {peer: siem}
    {{- end }}
    {{- if $.Values.message.webhooks.enabled }}
    - {peer: web, ports: [443]}
    {{- end }}
    {{- if $.Values.message.withdrawal.enabled }}
    - {peer: jmap}
    {{- end }}
    {{- else if eq $name "scan" }}
    {{- if $.Values.clamav.enabled }}
    - {part: clamav, port: 3310}
    {{- else }}
    - {peer: clamav}
    {{- end }}
    {{- else if eq $name "spam" }}
    {{- if $.Values.rspamd.enabled }}
    - {part: rspamd, port: 11333}
    - {part: rspamd, port: 11334}
    {{- else }}
    - {peer: rspamd}
    {{- end }}
    {{- else if eq $name "render" }}
    - {peer: web, ports: [80, 443]}
    {{- else if eq $name "push" }}
    - {peer: web, ports: [443]}
    {{- end }}
{{- end }}
{{- if .Values.clamav.enabled }}
clamav:
  from:
    - {part: scan, port: 3310}
  to:
    {{- if .Values.clamav.mirror.enabled }}
    - {part: clamav-mirror, port: 8080}
    {{- else }}
    - {peer: clamavMirror}
    {{- end }}
{{- if .Values.clamav.mirror.enabled }}
clamav-mirror:
  from:
    - {part: clamav, port: 8080}
  silent: true
clamav-mirror-fetch:
  from: []
  to:
    - {peer: clamavMirror}
{{- end }}
{{- end }}
{{- if .Values.rspamd.enabled }}
rspamd:
  from:
    - {part: spam, port: 11333}
    - {part: spam, port: 11334}
  to:
    {{- if .Values.rspamd.nameservers }}
    - {peer: world-dns}
    {{- end }}
    {{- if .Values.redis.enabled }}
    - {part: redis, port: 6379}
    {{- else }}
    - {peer: redis}
    {{- end }}
{{- end }}
{{- if include "postern.redisRuns" . }}
redis:
  from:
    {{- if .Values.rspamd.enabled }}
    - {part: rspamd, port: 6379}
    {{- end }}
    {{- if include "postern.redisSharesLimits" . }}
    - {part: gateway, port: 6379}
    {{- end }}
  silent: true
{{- end }}
{{- if .Values.tests.enabled }}
test:
  from: []
  to:
    - {peer: provider}
    - {part: gateway, port: {{ $fixed.gateway.http }}}
{{- end }}
{{- end -}}
