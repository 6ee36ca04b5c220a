{{/* The files a service finds in its folder config. */}}
{{- define "postern.settings" -}}
{{- $name := index . 1 -}}{{- $values := index . 2 -}}
application.properties: |
  {{- range $key, $value := $values.config }}
  {{ $key }}={{ $value }}
  {{- end }}
  {{- if eq $name "gateway" }}
  {{- range $tenant, $quota := $values.wholeTenantLimits }}
  postern.gateway.limits.per-whole-tenant.{{ $tenant }}={{ $quota }}
  {{- end }}
  {{- end }}
{{- if and (eq $name "message") $values.policy }}
policy.yaml: |
  {{- $values.policy | nindent 2 }}
{{- end }}
{{- end -}}
