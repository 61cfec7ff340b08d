{{/* Prefix of every object's name. */}}
{{- define "clicktrail.name" -}}
{{- coalesce .Values.fullnameOverride .Values.nameOverride .Release.Name | trunc 40 | trimSuffix "-" -}}
{{- end -}}

{{/* First part of the names of users and their Secrets. */}}
{{- define "clicktrail.userPrefix" -}}
{{- default (printf "%s-" (include "clicktrail.name" .)) .Values.kafka.userPrefix -}}
{{- end -}}

{{/* Name of a service's ServiceAccount; call with dict "root" . "service" name. */}}
{{- define "clicktrail.serviceAccount" -}}
{{- if .root.Values.serviceAccount.create -}}
{{ include "clicktrail.name" .root }}-{{ .service }}
{{- else -}}
{{ default "default" .root.Values.serviceAccount.name }}
{{- end -}}
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
{{- with .root.Values.commonLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Annotations of an object beside its own; call with dict "root" . "of" own. */}}
{{- define "clicktrail.annotations" -}}
{{- with merge (dict) (default dict .of) .root.Values.commonAnnotations }}
annotations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "clicktrail.image" -}}
{{- $image := .root.Values.image -}}
{{- $digest := (index .root.Values.services .service).imageDigest -}}
{{- with $image.registry }}{{ . }}/{{ end }}{{ $image.repository }}/{{ .service -}}
{{- if $digest }}@{{ $digest }}{{ else }}:{{ default .root.Chart.AppVersion $image.tag }}{{ end -}}
{{- end -}}

{{/* The content of topics.json. */}}
{{- define "clicktrail.plan" -}}
{{ .Files.Get "files/topics.json" }}
{{- end -}}

{{/* Destinations of the alerter, and whether each gives feedback. */}}
{{- define "clicktrail.destinations" -}}
{{- $all := dict -}}
{{- range $name, $of := .Values.services.alerter.settings.destinations }}{{ $_ := set $all $name (not (empty ($of | default dict).feedback)) }}{{ end -}}
{{ toJson $all }}
{{- end -}}

{{/* Names of a topic of topics.json: one, all raw ones, or those of the destinations; call with dict "root" . "topic" row "destinations" dict. */}}
{{- define "clicktrail.topicNames" -}}
{{- $prefix := .root.Values.topics.prefix -}}
{{- $topic := .topic -}}
{{- $names := list -}}
{{- if $topic.raw -}}
{{- range .root.Values.topics.raw }}{{ $names = append $names (printf "%s.%s" $prefix .) }}{{ end -}}
{{- else if $topic.destination -}}
{{- range $name, $speaks := .destinations }}{{ if or $speaks (not $topic.feedback) }}{{ $names = append $names (printf "%s.%s" $prefix (replace "{destination}" $name $topic.name)) }}{{ end }}{{ end -}}
{{- else -}}
{{- $names = list (printf "%s.%s" $prefix $topic.name) -}}
{{- end -}}
{{ toJson $names }}
{{- end -}}

{{/* Partitions of a topic; call with dict "root" . "topic" row "name" its full name. */}}
{{- define "clicktrail.partitions" -}}
{{- $below := trimPrefix (printf "%s." .root.Values.topics.prefix) .name -}}
{{- $own := (index .root.Values.topics.config $below | default dict).partitions -}}
{{- if and $own (or .topic.joined .topic.partitions) -}}
{{- fail (printf "topics.config.%s.partitions can not be set: this topic is joined with others, and all have topics.partitions" $below) -}}
{{- end -}}
{{ int (coalesce $own .topic.partitions .root.Values.topics.partitions) }}
{{- end -}}

{{- define "clicktrail.podSecurity" -}}
runAsNonRoot: true
fsGroupChangePolicy: OnRootMismatch
seccompProfile:
  type: RuntimeDefault
{{- range $name, $value := .Values.podSecurityContext }}
{{ $name }}: {{ toJson $value }}
{{- end }}
{{- end -}}

{{- define "clicktrail.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{/* Whether the connection to the brokers is encrypted, and whether it is one of SASL: true or empty. */}}
{{- define "clicktrail.tls" -}}{{ if hasSuffix "SSL" .Values.kafka.protocol }}true{{ end }}{{- end -}}
{{- define "clicktrail.sasl" -}}{{ if hasPrefix "SASL" .Values.kafka.protocol }}true{{ end }}{{- end -}}

{{/* Kafka client settings for the connection to the brokers. */}}
{{- define "clicktrail.kafkaProperties" -}}
{{- $kafka := .Values.kafka -}}
security.protocol: {{ $kafka.protocol }}
{{- if and (include "clicktrail.tls" .) $kafka.caSecret }}
ssl.truststore.type: PEM
ssl.truststore.location: /run/clicktrail/kafka-ca/{{ $kafka.caKey }}
{{- end }}
{{- if eq $kafka.protocol "SSL" }}
ssl.keystore.type: PKCS12
ssl.keystore.location: /run/clicktrail/kafka-user/user.p12
{{- end }}
{{- if include "clicktrail.sasl" . }}
sasl.mechanism: {{ $kafka.saslMechanism }}
{{- if eq $kafka.saslMechanism "OAUTHBEARER" }}
sasl.login.callback.handler.class: org.apache.kafka.common.security.oauthbearer.OAuthBearerLoginCallbackHandler
sasl.oauthbearer.token.endpoint.url: {{ required "kafka.tokenEndpoint is needed for OAUTHBEARER" $kafka.tokenEndpoint }}
{{- end }}
{{- if eq $kafka.saslMechanism "AWS_MSK_IAM" }}
sasl.client.callback.handler.class: software.amazon.msk.auth.iam.IAMClientCallbackHandler
sasl.jaas.config: software.amazon.msk.auth.iam.IAMLoginModule required;
{{- end }}
{{- end }}
{{- with $kafka.properties }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Options of every Java virtual machine. Kafka asks for tokens only at addresses that they allow. */}}
{{- define "clicktrail.javaOptions" -}}
{{- $allowed := "" -}}
{{- if and (include "clicktrail.sasl" .) (eq .Values.kafka.saslMechanism "OAUTHBEARER") -}}
{{- $allowed = printf "-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=%s" .Values.kafka.tokenEndpoint -}}
{{- end -}}
{{ list $allowed .Values.javaOptions | compact | join " " }}
{{- end -}}

{{/* Whether a user's Secret holds its sasl.jaas.config: true or empty. */}}
{{- define "clicktrail.jaasSecret" -}}
{{- if and (include "clicktrail.sasl" .) (ne .Values.kafka.saslMechanism "AWS_MSK_IAM") }}true{{ end -}}
{{- end -}}

{{/* How to reach the registry. */}}
{{- define "clicktrail.registrySettings" -}}
url: {{ .Values.registry.url }}
auto-register: {{ .Values.registry.autoRegister }}
{{- if .Values.registry.credentialsSecret }}
password-file: /run/clicktrail/registry/password
{{- end }}
{{- if .Values.registry.tokenSecret }}
token-file: /run/clicktrail/registry-token/token
{{- end }}
{{- if .Values.registry.truststoreSecret }}
truststore:
  location: /run/clicktrail/registry-tls/truststore.p12
{{- end }}
{{- if .Values.registry.keystoreSecret }}
keystore:
  location: /run/clicktrail/registry-key/keystore.p12
{{- end }}
{{- end -}}

{{/* Settings of a service, without secrets, which come from files. */}}
{{- define "clicktrail.settings" -}}
{{- $values := .root.Values -}}
{{- $service := index $values.services .service -}}
spring:
  config:
    import: optional:configtree:/run/clicktrail/secrets/
    {{- if and (eq .service "console") $values.console.issuerUri }}
  security:
    oauth2:
      client:
        registration:
          soc:
            client-id: {{ $values.console.clientId }}
            scope: [openid, profile]
        provider:
          soc:
            issuer-uri: {{ $values.console.issuerUri }}
            user-name-attribute: {{ $values.console.nameClaim }}
    {{- end }}
server:
  {{- if eq .service "console" }}
  port: 8090
  # The proxy in front says under which name and scheme people see the pages.
  forward-headers-strategy: native
  {{- else }}
  port: 8080
  {{- end }}
{{- if or $values.managementPort (eq .service "console") }}
management:
  server:
    port: {{ $values.managementPort | default 8080 }}
{{- end }}
{{- if or (ne $values.logging.format "text") $values.logging.levels }}
logging:
  {{- if ne $values.logging.format "text" }}
  structured:
    format:
      console: {{ $values.logging.format }}
  {{- end }}
  {{- with $values.logging.levels }}
  level:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end }}
clicktrail:
  service: {{ .service }}
  bootstrap-servers: {{ toJson $values.kafka.bootstrapServers }}
  topic-prefix: {{ $values.topics.prefix }}
  raw-topics: {{ toJson $values.topics.raw }}
  {{- if eq .service "normalizer" }}
  canary:
    every: {{ ternary $values.canaryEvery "0s" (ne $values.canarySecret "") }}
  {{- end }}
  registry:
    {{- include "clicktrail.registrySettings" .root | nindent 4 }}
  {{- with $values.tracing.endpoint }}
  tracing:
    endpoint: {{ . }}
    share: {{ $values.tracing.share }}
  {{- end }}
  streams:
    threads: {{ $service.threads }}
    state-dir: /var/lib/clicktrail
    group-protocol: {{ $values.kafka.groupProtocol }}
    {{- if and $service.storage (ne .service "console") (eq $values.kafka.groupProtocol "classic") }}
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

{{/* The application.yaml of a service: what the chart sets, and what the values' config has over it. */}}
{{- define "clicktrail.application" -}}
{{- toYaml (mergeOverwrite (fromYaml (include "clicktrail.settings" .)) (deepCopy .root.Values.config)) -}}
{{- end -}}

{{/* Whether a pod talks to the brokers: true or empty. The job of the schemas does not. */}}
{{- define "clicktrail.usesKafka" -}}{{ if ne .service "schemas" }}true{{ end }}{{- end -}}

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
      {{- if and (include "clicktrail.usesKafka" .) (eq $values.kafka.protocol "SSL") }}
      - secret:
          name: {{ include "clicktrail.userPrefix" .root }}{{ .service }}
          items:
            - key: user.password
              path: clicktrail.streams.properties.ssl.keystore.password
      {{- end }}
      {{- if and (include "clicktrail.usesKafka" .) (include "clicktrail.jaasSecret" .root) }}
      - secret:
          name: {{ include "clicktrail.userPrefix" .root }}{{ .service }}
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
      {{- with $values.registry.keystoreSecret }}
      - secret:
          name: {{ . }}
          items:
            - key: password
              path: clicktrail.registry.keystore.password
      {{- end }}
      {{- if and (eq .service "console") $values.console.issuerUri }}
      - secret:
          name: {{ required "console.clientSecret is needed for console.issuerUri" $values.console.clientSecret }}
          items:
            - key: client-secret
              path: spring.security.oauth2.client.registration.soc.client-secret
      {{- end }}
      {{- if and $values.canarySecret (eq .service "normalizer") }}
      - secret:
          name: {{ $values.canarySecret }}
          items:
            - key: secret
              path: clicktrail.canary.secret
      {{- end }}
{{- if and (include "clicktrail.usesKafka" .) (include "clicktrail.tls" .root) $values.kafka.caSecret }}
- name: kafka-ca
  secret:
    secretName: {{ $values.kafka.caSecret }}
    defaultMode: 0440
    items:
      - key: {{ $values.kafka.caKey }}
        path: {{ $values.kafka.caKey }}
{{- end }}
{{- if and (include "clicktrail.usesKafka" .) (eq $values.kafka.protocol "SSL") }}
- name: kafka-user
  secret:
    secretName: {{ include "clicktrail.userPrefix" .root }}{{ .service }}
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
{{- with $values.registry.keystoreSecret }}
- name: registry-key
  secret:
    secretName: {{ . }}
    defaultMode: 0440
    items:
      - key: keystore.p12
        path: keystore.p12
{{- end }}
{{- with $values.registry.tokenSecret }}
- name: registry-token
  secret:
    secretName: {{ . }}
    defaultMode: 0440
    items:
      - key: token
        path: token
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
{{- if and (include "clicktrail.usesKafka" .) (include "clicktrail.tls" .root) $values.kafka.caSecret }}
- name: kafka-ca
  mountPath: /run/clicktrail/kafka-ca
  readOnly: true
{{- end }}
{{- if and (include "clicktrail.usesKafka" .) (eq $values.kafka.protocol "SSL") }}
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
{{- if $values.registry.keystoreSecret }}
- name: registry-key
  mountPath: /run/clicktrail/registry-key
  readOnly: true
{{- end }}
{{- if $values.registry.tokenSecret }}
- name: registry-token
  mountPath: /run/clicktrail/registry-token
  readOnly: true
{{- end }}
{{- end -}}

{{/* Ports of the brokers and of the registry, as far as the values name them. */}}
{{- define "clicktrail.kafkaPorts" -}}
{{- $ports := .Values.networkPolicy.kafkaPorts -}}
{{- if not $ports -}}
{{- range .Values.kafka.bootstrapServers }}{{ $ports = append $ports (regexFind "[0-9]+$" . | int) }}{{ end -}}
{{- end -}}
{{ toJson (uniq $ports) }}
{{- end -}}

{{- define "clicktrail.registryPorts" -}}
{{- $ports := .Values.networkPolicy.registryPorts -}}
{{- if not $ports }}{{ $ports = list (include "clicktrail.portOf" .Values.registry.url | int) }}{{ end -}}
{{ toJson $ports }}
{{- end -}}

{{/* Name of the port of health and metrics. */}}
{{- define "clicktrail.metricsPort" -}}{{ ternary "management" "http" (gt (int .Values.managementPort) 0) }}{{- end -}}

{{/* Ports of a service by name; call with dict "root" . "service" name. The console has its pages beside them. */}}
{{- define "clicktrail.ports" -}}
{{- $ports := dict "http" 8080 -}}
{{- if .root.Values.managementPort }}
{{- $_ := set $ports "management" .root.Values.managementPort -}}
{{- end -}}
{{- if eq .service "console" }}
{{- $ports = set (omit $ports (ternary "http" "" (hasKey $ports "management"))) "pages" 8090 -}}
{{- end -}}
{{ toJson $ports }}
{{- end -}}

{{/* Port of a URL, 443 or 80 where it names none. */}}
{{- define "clicktrail.portOf" -}}
{{- $url := urlParse . -}}
{{- default (ternary "443" "80" (eq $url.scheme "https")) (regexFind "[0-9]+$" (regexFind ":[0-9]+$" $url.host)) -}}
{{- end -}}

{{/* An expression on the series of this release alone; call with dict "root" . "expr" text. */}}
{{- define "clicktrail.ownSeries" -}}
{{- $braced := regexReplaceAll "((?:clicktrail|kafka)_[a-z_]+)([^a-z_{]|$)" .expr "${1}{}${2}" -}}
{{- regexReplaceAll "((?:clicktrail|kafka)_[a-z_]+|up)\\{" $braced (printf "${1}{app_kubernetes_io_instance=%q," .root.Release.Name) -}}
{{- end -}}

{{/* A Job before install and upgrade; call with dict "root" . "service" name "settings" name "main" class. */}}
{{- define "clicktrail.job" -}}
apiVersion: batch/v1
kind: Job
metadata:
  name: {{ include "clicktrail.name" .root }}-{{ .service }}
  labels:
    {{- include "clicktrail.labels" . | nindent 4 }}
  {{- include "clicktrail.annotations" (dict "root" .root "of" (dict "helm.sh/hook" "pre-install,pre-upgrade" "helm.sh/hook-delete-policy" "before-hook-creation")) | indent 2 }}
spec:
  backoffLimit: 5
  activeDeadlineSeconds: 300
  template:
    metadata:
      labels:
        {{- include "clicktrail.labels" . | nindent 8 }}
    spec:
      restartPolicy: Never
      automountServiceAccountToken: false
      enableServiceLinks: false
      securityContext:
        {{- include "clicktrail.podSecurity" .root | nindent 8 }}
      {{- with .root.Values.image.pullSecrets }}
      imagePullSecrets:
        {{- range . }}
        - name: {{ . }}
        {{- end }}
      {{- end }}
      containers:
        - name: {{ .service }}
          image: {{ include "clicktrail.image" (dict "root" .root "service" "normalizer") }}
          imagePullPolicy: {{ .root.Values.image.pullPolicy }}
          command: [java, -cp, /opt/clicktrail/app.jar, {{ .main }}]
          env:
            - name: SPRING_CONFIG_ADDITIONAL_LOCATION
              value: file:/etc/clicktrail/
            {{- with include "clicktrail.javaOptions" .root }}
            - name: JAVA_TOOL_OPTIONS
              value: {{ . | quote }}
            {{- end }}
          resources:
            requests: {cpu: 250m, memory: 512Mi}
            limits: {cpu: 250m, memory: 512Mi}
          securityContext:
            {{- include "clicktrail.containerSecurity" .root | nindent 12 }}
          volumeMounts:
            {{- include "clicktrail.mounts" . | nindent 12 }}
      volumes:
        {{- include "clicktrail.volumes" . | nindent 8 }}
{{- end -}}
