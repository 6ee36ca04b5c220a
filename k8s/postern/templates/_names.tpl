{{- define "postern.name" -}}
{{- default "postern" .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* The name of a part: (list $ "gateway") */}}
{{- define "postern.part" -}}
{{- $root := index . 0 -}}{{- $part := index . 1 -}}
{{- $name := include "postern.name" $root -}}
{{- $full := ternary $root.Release.Name (printf "%s-%s" $root.Release.Name $name) (contains $name $root.Release.Name) -}}
{{- printf "%s-%s" ($full | trunc 40 | trimSuffix "-") $part -}}
{{- end -}}

{{/* What selects the pods of a part: never changes within an installation. */}}
{{- define "postern.selector" -}}
{{- $root := index . 0 -}}{{- $part := index . 1 -}}
app.kubernetes.io/name: {{ include "postern.name" $root }}
app.kubernetes.io/instance: {{ $root.Release.Name }}
app.kubernetes.io/component: {{ $part }}
{{- end -}}

{{- define "postern.labels" -}}
{{- $root := index . 0 -}}{{- $part := index . 1 -}}
{{ include "postern.selector" . }}
app.kubernetes.io/part-of: postern
app.kubernetes.io/version: {{ $root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" $root.Chart.Name $root.Chart.Version | replace "+" "_" }}
{{- with $root.Values.extraLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* The image of a part: by digest where one is given, otherwise by tag. */}}
{{- define "postern.image" -}}
{{- $root := index . 0 -}}{{- $part := index . 1 -}}{{- $image := index . 2 -}}
{{- $repository := default (printf "%s%s" $root.Values.image.repositoryPrefix $part) $image.repository -}}
{{- $registry := default $root.Values.image.registry $image.registry -}}
{{- $name := ternary (printf "%s/%s" $registry $repository) $repository (ne $registry "") -}}
{{- if $image.digest -}}
{{ printf "%s@%s" $name $image.digest }}
{{- else -}}
{{ printf "%s:%s" $name (default (default $root.Chart.AppVersion $root.Values.image.tag) $image.tag) }}
{{- end -}}
{{- end -}}
