{{/* Prefix of every object's name. */}}
{{- define "clicktrail.name" -}}
{{- default .Release.Name .Values.nameOverride | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* Labels of a service's pods; call with dict "root" . "service" name. */}}
{{- define "clicktrail.selector" -}}
app.kubernetes.io/name: clicktrail
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .service }}
{{- end -}}

{{- define "clicktrail.labels" -}}
{{ include "clicktrail.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version }}
{{- end -}}

{{- define "clicktrail.image" -}}
{{- $image := .root.Values.image -}}
{{- with $image.registry }}{{ . }}/{{ end }}{{ $image.repository }}/{{ .service }}:{{ default .root.Chart.AppVersion $image.tag -}}
{{- end -}}

{{/* The content of topics.json. */}}
{{- define "clicktrail.plan" -}}
{{ .Files.Get "files/topics.json" }}
{{- end -}}

{{/* Names of a topic of topics.json: one, or all raw ones. */}}
{{- define "clicktrail.topicNames" -}}
{{- $names := list (printf "%s.%s" .root.Values.topics.prefix .topic.name) -}}
{{- if .topic.raw -}}
{{- $names = list -}}
{{- range .root.Values.topics.raw }}{{ $names = append $names (printf "%s.%s" $.root.Values.topics.prefix .) }}{{ end -}}
{{- end -}}
{{ toJson $names }}
{{- end -}}

{{- define "clicktrail.podSecurity" -}}
runAsNonRoot: true
runAsUser: 10001
runAsGroup: 10001
fsGroup: 10001
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- end -}}

{{- define "clicktrail.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Kafka client settings for the connection to the brokers. */}}
{{- define "clicktrail.kafkaProperties" -}}
{{- $kafka := .Values.kafka -}}
security.protocol: {{ $kafka.protocol }}
{{- if ne $kafka.protocol "PLAINTEXT" }}
ssl.truststore.type: PEM
ssl.truststore.location: /run/clicktrail/kafka-ca/{{ $kafka.caKey }}
{{- end }}
{{- if eq $kafka.protocol "SSL" }}
ssl.keystore.type: PKCS12
ssl.keystore.location: /run/clicktrail/kafka-user/user.p12
{{- end }}
{{- if eq $kafka.protocol "SASL_SSL" }}
sasl.mechanism: SCRAM-SHA-512
{{- end }}
{{- end -}}

{{/* Settings of a service, without secrets, which come from files. */}}
{{- define "clicktrail.settings" -}}
{{- $values := .root.Values -}}
{{- $service := index $values.services .service -}}
spring:
  config:
    import: optional:configtree:/run/clicktrail/secrets/
server:
  port: 8080
clicktrail:
  service: {{ .service }}
  bootstrap-servers: {{ toJson $values.kafka.bootstrapServers }}
  topic-prefix: {{ $values.topics.prefix }}
  raw-topics: {{ toJson $values.topics.raw }}
  {{- if eq .service "normalizer" }}
  canary:
    every: {{ $values.canaryEvery }}
  {{- end }}
  registry:
    url: {{ $values.registry.url }}
    auto-register: {{ $values.registry.autoRegister }}
    {{- if $values.registry.credentialsSecret }}
    password-file: /run/clicktrail/registry/password
    {{- end }}
    {{- if $values.registry.truststoreSecret }}
    truststore:
      location: /run/clicktrail/registry-tls/truststore.p12
    {{- end }}
  streams:
    threads: {{ $service.threads }}
    state-dir: /var/lib/clicktrail
    group-protocol: {{ $values.kafka.groupProtocol }}
    {{- if and $service.storage (eq $values.kafka.groupProtocol "classic") }}
    standby-replicas: {{ $values.standbyReplicas }}
    {{- end }}
    replication-factor: {{ $values.topics.replicationFactor }}
    properties:
      {{- range $key, $value := fromYaml (include "clicktrail.kafkaProperties" .root) }}
      "[{{ $key }}]": {{ $value | quote }}
      {{- end }}
  {{- with $service.settings }}
  {{ $.service }}:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{/* Folders of certificates and secrets. */}}
{{- define "clicktrail.volumes" -}}
{{- $values := .root.Values -}}
- name: settings
  configMap:
    name: {{ include "clicktrail.name" .root }}-{{ .settings }}
- name: tmp
  emptyDir:
    sizeLimit: 256Mi
- name: secrets
  projected:
    defaultMode: 0440
    sources:
      {{- if eq $values.kafka.protocol "SSL" }}
      - secret:
          name: {{ $values.kafka.userSecretPrefix }}{{ .service }}
          items:
            - key: user.password
              path: clicktrail.streams.properties.ssl.keystore.password
      {{- end }}
      {{- if eq $values.kafka.protocol "SASL_SSL" }}
      - secret:
          name: {{ $values.kafka.userSecretPrefix }}{{ .service }}
          items:
            - key: sasl.jaas.config
              path: clicktrail.streams.properties.sasl.jaas.config
      {{- end }}
      {{- with $values.registry.credentialsSecret }}
      - secret:
          name: {{ . }}
          items:
            - key: username
              path: clicktrail.registry.username
      {{- end }}
      {{- with $values.registry.truststoreSecret }}
      - secret:
          name: {{ . }}
          items:
            - key: password
              path: clicktrail.registry.truststore.password
      {{- end }}
{{- if ne $values.kafka.protocol "PLAINTEXT" }}
- name: kafka-ca
  secret:
    secretName: {{ $values.kafka.caSecret }}
    defaultMode: 0440
    items:
      - key: {{ $values.kafka.caKey }}
        path: {{ $values.kafka.caKey }}
{{- end }}
{{- if eq $values.kafka.protocol "SSL" }}
- name: kafka-user
  secret:
    secretName: {{ $values.kafka.userSecretPrefix }}{{ .service }}
    defaultMode: 0440
    items:
      - key: user.p12
        path: user.p12
{{- end }}
{{- with $values.registry.credentialsSecret }}
- name: registry
  secret:
    secretName: {{ . }}
    defaultMode: 0440
    items:
      - key: password
        path: password
{{- end }}
{{- with $values.registry.truststoreSecret }}
- name: registry-tls
  secret:
    secretName: {{ . }}
    defaultMode: 0440
    items:
      - key: truststore.p12
        path: truststore.p12
{{- end }}
{{- end -}}

{{- define "clicktrail.mounts" -}}
{{- $values := .root.Values -}}
- name: settings
  mountPath: /etc/clicktrail
  readOnly: true
- name: tmp
  mountPath: /tmp
- name: secrets
  mountPath: /run/clicktrail/secrets
  readOnly: true
{{- if ne $values.kafka.protocol "PLAINTEXT" }}
- name: kafka-ca
  mountPath: /run/clicktrail/kafka-ca
  readOnly: true
{{- end }}
{{- if eq $values.kafka.protocol "SSL" }}
- name: kafka-user
  mountPath: /run/clicktrail/kafka-user
  readOnly: true
{{- end }}
{{- if $values.registry.credentialsSecret }}
- name: registry
  mountPath: /run/clicktrail/registry
  readOnly: true
{{- end }}
{{- if $values.registry.truststoreSecret }}
- name: registry-tls
  mountPath: /run/clicktrail/registry-tls
  readOnly: true
{{- end }}
{{- end -}}
