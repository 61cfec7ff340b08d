package io.clicktrail.alerter.timeline;

import io.clicktrail.alert.Observable;
import io.clicktrail.alert.ObservableRole;
import io.clicktrail.alert.ObservableType;
import io.clicktrail.alerter.chain.Chain;
import io.clicktrail.alerter.chain.EvidenceFields;
import io.clicktrail.alerter.text.Defanger;
import io.clicktrail.detection.Stage;
import io.clicktrail.detection.StageEvidence;
import io.clicktrail.event.Email;
import io.clicktrail.event.Event;
import io.clicktrail.event.File;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.DomainRisk;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.SuffixKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The observables of a case, each once, those of the attack first.
 *
 * <p>Only what belongs to the tenant key of the chain is ATTACK. Addresses behind a name are CONTEXT, as a content
 * network may serve other sites from them; link rewriters and other sites on the way are CONTEXT too.
 *
 * @param items at most {@link #MAX_OBSERVABLES}
 * @param total number before the cap
 */
public record Observables(List<Observable> items, int total) {

    /** Most observables of a case. */
    public static final int MAX_OBSERVABLES = 64;

    private static final int MAX_EVENTS = 20;
    private static final int MAX_SOURCES = 4;

    public Observables {
        items = List.copyOf(items);
    }

    /** The observables of a chain. */
    public static Observables of(Chain chain) {
        var found = new Collector(chain);
        found.head();
        for (StageEvidence item : chain.evidence()) {
            found.evidence(item.getStage(), item.getEvidence());
        }
        List<Observable> all = found.sorted();
        return new Observables(all.subList(0, Math.min(MAX_OBSERVABLES, all.size())), all.size());
    }

    private static final class Collector {

        private static final Comparator<Observable> ORDER = Comparator.comparing(
                        (Observable item) -> item.getRole() != ObservableRole.ATTACK)
                .thenComparing(item -> item.getRole() != ObservableRole.VICTIM)
                .thenComparing(item -> !item.getIoc())
                .thenComparing(Observable::getType)
                .thenComparing(Observable::getSightedAt)
                .thenComparing(Observable::getValue);

        private final Chain chain;
        private final Map<Key, Draft> drafts = new HashMap<>();

        Collector(Chain chain) {
            this.chain = chain;
        }

        void head() {
            Instant first = chain.head().getFirstEventTime();
            add(ObservableType.HOSTNAME, chain.head().getHost(), ObservableRole.VICTIM, first, null);
            add(ObservableType.USER_NAME, chain.head().getUser(), ObservableRole.VICTIM, first, null);
        }

        void evidence(Stage stage, Evidence evidence) {
            Event event = evidence.getEvent();
            DomainRisk risk = evidence.getDomain();
            boolean attack = risk != null
                    && !risk.getInternal()
                    && risk.getTenantKey().equals(chain.head().getTenantKey());
            ObservableRole role = attack ? ObservableRole.ATTACK : ObservableRole.CONTEXT;
            url(event.getUrl() == null ? null : event.getUrl().getOriginal(), role, event, risk);
            if (risk != null && risk.getSuffixKind() != SuffixKind.ADDRESS) {
                Draft host = add(ObservableType.HOSTNAME, risk.getHost(), role, event);
                host.judge(risk, attack && !risk.getSharedHosting());
            }
            addresses(event, risk, attack);
            file(stage, evidence, role, risk);
            process(stage, evidence);
            mail(event.getEmail(), event);
            if (event.getHttp() != null) {
                add(ObservableType.USER_AGENT, event.getHttp().getUserAgent(), ObservableRole.CONTEXT, event);
            }
        }

        private void url(@Nullable String url, ObservableRole role, Event event, @Nullable DomainRisk risk) {
            Draft draft = add(ObservableType.URL, url, role, event);
            if (risk != null) {
                draft.judge(risk, role == ObservableRole.ATTACK);
            }
        }

        private void addresses(Event event, @Nullable DomainRisk risk, boolean attack) {
            if (event.getClient() != null) {
                add(ObservableType.IP, event.getClient().getIp(), ObservableRole.VICTIM, event);
            }
            if (event.getHost() != null) {
                event.getHost().getIp().forEach(ip -> add(ObservableType.IP, ip, ObservableRole.VICTIM, event));
            }
            if (attack && risk != null && risk.getSuffixKind() == SuffixKind.ADDRESS) {
                add(ObservableType.IP, risk.getHost(), ObservableRole.ATTACK, event)
                        .judge(risk, true);
            }
            if (event.getDestination() != null) {
                add(ObservableType.IP, event.getDestination().getIp(), ObservableRole.CONTEXT, event);
            }
            if (event.getDns() != null) {
                event.getDns().getResolvedIp().forEach(ip -> add(ObservableType.IP, ip, ObservableRole.CONTEXT, event));
            }
        }

        private void file(Stage stage, Evidence evidence, ObservableRole role, @Nullable DomainRisk risk) {
            Event event = evidence.getEvent();
            File file = event.getFile();
            if (file == null) {
                return;
            }
            boolean written = stage == Stage.WRITE;
            ObservableRole fileRole = written ? ObservableRole.ATTACK : ObservableRole.CONTEXT;
            add(ObservableType.FILE_NAME, EvidenceFields.fileName(evidence), fileRole, event);
            add(ObservableType.FILE_PATH, file.getPath(), fileRole, event);
            add(ObservableType.HASH, EvidenceFields.fileHash(evidence), fileRole, event).ioc |= written;
            url(file.getOriginUrl(), role, event, risk);
            add(ObservableType.URL, file.getOriginReferrerUrl(), ObservableRole.CONTEXT, event);
        }

        private void process(Stage stage, Evidence evidence) {
            Event event = evidence.getEvent();
            Process process = event.getProcess();
            if (process == null || stage != Stage.EXECUTION) {
                return;
            }
            add(ObservableType.PROCESS_NAME, EvidenceFields.image(event), ObservableRole.ATTACK, event);
            add(ObservableType.PROCESS_ENTITY, process.getEntityId(), ObservableRole.ATTACK, event);
            add(ObservableType.COMMAND_LINE, process.getCommandLine(), ObservableRole.ATTACK, event);
            if (process.getHash() != null) {
                boolean own =
                        evidence.getProcess() != null && evidence.getProcess().getImageUserWritable();
                Draft hash = add(
                        ObservableType.HASH,
                        process.getHash().getSha256(),
                        own ? ObservableRole.ATTACK : ObservableRole.CONTEXT,
                        event);
                hash.ioc |= own;
            }
        }

        private void mail(@Nullable Email email, Event event) {
            if (email == null) {
                return;
            }
            add(ObservableType.MESSAGE_ID, email.getMessageId(), ObservableRole.ATTACK, event);
            add(ObservableType.EMAIL, email.getFrom(), ObservableRole.CONTEXT, event);
            email.getTo().forEach(to -> add(ObservableType.EMAIL, to, ObservableRole.VICTIM, event));
        }

        private Draft add(ObservableType type, @Nullable String value, ObservableRole role, Event event) {
            return add(type, value, role, event.getTime(), event.getEventId());
        }

        /** Adds a value, unless it is absent or was cut, so that it names something else. */
        private Draft add(
                ObservableType type,
                @Nullable String value,
                ObservableRole role,
                Instant time,
                @Nullable String eventId) {
            if (value == null || value.isEmpty() || chain.isCut(value)) {
                return new Draft(role, time);
            }
            Draft draft = drafts.computeIfAbsent(new Key(type, value), key -> new Draft(role, time));
            if (rank(role) < rank(draft.role)) {
                draft.role = role;
            }
            if (time.isBefore(draft.sightedAt)) {
                draft.sightedAt = time;
            }
            if (eventId != null) {
                draft.events.add(eventId);
            }
            return draft;
        }

        List<Observable> sorted() {
            var all = new ArrayList<Observable>(drafts.size());
            drafts.forEach((key, draft) -> all.add(Observable.newBuilder()
                    .setType(key.type)
                    .setValue(key.value)
                    .setDefanged(defanged(key))
                    .setRole(draft.role)
                    .setIoc(draft.ioc && draft.role == ObservableRole.ATTACK)
                    .setSharedHosting(draft.shared)
                    .setScore(draft.score)
                    .setProvider(draft.provider())
                    .setFirstSeen(draft.firstSeen)
                    .setSightedAt(draft.sightedAt)
                    .setEventIds(draft.events.stream().limit(MAX_EVENTS).toList())
                    .build()));
            all.sort(ORDER);
            return all;
        }

        private String defanged(Key key) {
            return switch (key.type) {
                case HOSTNAME, IP -> Defanger.host(key.value);
                case OTHER,
                        USER_NAME,
                        EMAIL,
                        URL,
                        FILE_NAME,
                        FILE_PATH,
                        HASH,
                        PROCESS_NAME,
                        PROCESS_ENTITY,
                        COMMAND_LINE,
                        MESSAGE_ID,
                        USER_AGENT -> chain.defanger().prose(key.value);
            };
        }

        /** The victim's own addresses and names remain the victim's, whoever else mentions them. */
        private static int rank(ObservableRole role) {
            return switch (role) {
                case ATTACK -> 1;
                case VICTIM -> 0;
                case CONTEXT -> 2;
            };
        }
    }

    private record Key(ObservableType type, String value) {}

    private static final class Draft {

        private final TreeSet<String> events = new TreeSet<>();
        private ObservableRole role;
        private Instant sightedAt;
        private boolean ioc;
        private boolean shared;
        private @Nullable Integer score;
        private final TreeSet<String> sources = new TreeSet<>();
        private @Nullable Instant firstSeen;

        Draft(ObservableRole role, Instant sightedAt) {
            this.role = role;
            this.sightedAt = sightedAt;
        }

        void judge(DomainRisk risk, boolean indicator) {
            ioc |= indicator;
            shared |= risk.getSharedHosting();
            score = score == null ? risk.getScore() : Math.max(score, risk.getScore());
            risk.getIntel().forEach(match -> sources.addAll(match.getSources()));
            firstSeen = firstSeen == null ? risk.getFirstSeen() : firstSeen;
        }

        @Nullable
        String provider() {
            if (score == null) {
                return null;
            }
            return sources.isEmpty()
                    ? "clicktrail"
                    : sources.stream().limit(MAX_SOURCES).collect(Collectors.joining(", "));
        }
    }
}
