package io.clicktrail.benchmarks.detection;

import io.clicktrail.benchmarks.chains.ChainMatch;
import io.clicktrail.benchmarks.chains.EvidenceArrival;
import io.clicktrail.benchmarks.chains.EvidenceLog;
import io.clicktrail.benchmarks.detection.CaseScoring.Case;
import io.clicktrail.engine.Engine;
import io.clicktrail.engine.EngineSettings;
import io.clicktrail.event.Process;
import io.clicktrail.evidence.Role;
import io.clicktrail.standalone.EventTimeReader;
import io.clicktrail.standalone.delivery.MergedDeliveries;
import io.clicktrail.standalone.logs.LogFiles;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.replay.ReferenceData;
import io.clicktrail.standalone.stack.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.springframework.util.FileSystemUtils;

/**
 * The evidence of four labelled days, as normalizer and enricher make it of their raw logs, for everything that looks
 * for chains in it. On the first day it arrives in the order of time; on each of the others the complete chains arrive
 * in another way, see {@link ChainKind}.
 */
public final class ChainDays {

    private static final Duration AROUND = Duration.ofSeconds(30);
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final List<Role> STAGES = List.of(Role.CLICK, Role.EGRESS, Role.WRITE);
    private static final String ALL_STAGES = "click,egress,write,execution";

    private final List<EvidenceArrival> arrivals = new ArrayList<>();
    private final Map<Label, ChainKind> kinds = new LinkedHashMap<>();

    private enum Delivery {
        IN_ORDER,
        LATE,
        LATER,
        REVERSED
    }

    /**
     * What was found of the labelled stories.
     *
     * @param found stories with a match, by kind
     * @param elsewhere matches that belong to no story at all
     */
    public record Outcome(Map<ChainKind, Integer> found, int elsewhere) {

        public Outcome {
            found = Map.copyOf(found);
        }

        /** Number of stories of a kind with a match. */
        public int found(ChainKind kind) {
            return found.getOrDefault(kind, 0);
        }

        /** Number of chains of four stages that were found. */
        public int complete() {
            return found.entrySet().stream()
                    .filter(entry -> entry.getKey().isComplete())
                    .mapToInt(Map.Entry::getValue)
                    .sum();
        }
    }

    /**
     * Invents the days.
     *
     * @param seed the same seed gives the same evidence
     * @param hosts number of machines a day, at most one story each
     */
    public ChainDays(long seed, int hosts) throws IOException {
        var random = new SplittableRandom(seed);
        for (Delivery delivery : Delivery.values()) {
            long day = seed * Delivery.values().length + delivery.ordinal();
            add(new DetectionWorkload(day, hosts, List.of(Half.values()), null).invent(), delivery, random);
        }
    }

    /** All evidence, in the order of its arrival. */
    public List<EvidenceArrival> arrivals() {
        return List.copyOf(arrivals);
    }

    /** Number of stories of a kind. */
    public int stories(ChainKind kind) {
        return (int) kinds.values().stream().filter(each -> each == kind).count();
    }

    /** The stories with their kinds. */
    Map<Label, ChainKind> kinds() {
        return Collections.unmodifiableMap(kinds);
    }

    /** Holds matches against the labels. */
    public Outcome judge(List<ChainMatch> matches) {
        List<Case> cases = matches.stream()
                .map(match -> new Case("", match.host(), match.first(), match.last(), 0, "", match.names(), ""))
                .distinct()
                .toList();
        CaseScoring scoring = CaseScoring.of(List.copyOf(kinds.keySet()), cases);
        Set<Label> matched = new HashSet<>(scoring.found().keySet());
        scoring.falseCases().values().stream().filter(Objects::nonNull).forEach(matched::add);
        var found = new EnumMap<ChainKind, Integer>(ChainKind.class);
        matched.forEach(label -> found.merge(Objects.requireNonNull(kinds.get(label)), 1, Integer::sum));
        int elsewhere = (int)
                scoring.falseCases().values().stream().filter(Objects::isNull).count();
        return new Outcome(found, elsewhere);
    }

    private void add(LabelledDay day, Delivery delivery, SplittableRandom random) throws IOException {
        List<EvidenceArrival> evidence = evidenceOf(day);
        var times = new long[evidence.size()];
        for (int i = 0; i < times.length; i++) {
            times[i] = evidence.get(i).at();
        }
        Map<String, List<Integer>> byHost = new LinkedHashMap<>();
        for (int i = 0; i < times.length; i++) {
            String host = Label.shortName(evidence.get(i).evidence().getHost());
            byHost.computeIfAbsent(host, name -> new ArrayList<>()).add(i);
        }
        for (Label label : day.labels()) {
            List<Integer> pieces = byHost.getOrDefault(label.shortHost(), List.of()).stream()
                    .filter(i -> isIn(label, evidence.get(i)))
                    .toList();
            kinds.put(label, kindOf(label, pieces, evidence, delivery));
            switch (Objects.requireNonNull(kinds.get(label))) {
                case LATE -> delay(pieces, evidence, times, Duration.ofSeconds(random.nextInt(60, 540)), random);
                case LATER -> delay(pieces, evidence, times, Duration.ofSeconds(random.nextInt(720, 1200)), random);
                case REVERSED -> reverse(pieces, times);
                case PLAIN, HAND_OFF, INCOMPLETE, ORDINARY -> {}
            }
        }
        var changed = new ArrayList<EvidenceArrival>();
        for (int i = 0; i < times.length; i++) {
            changed.add(new EvidenceArrival(times[i], evidence.get(i).evidence()));
        }
        changed.sort(Comparator.comparingLong(EvidenceArrival::at));
        arrivals.addAll(changed);
    }

    private static boolean isIn(Label label, EvidenceArrival arrival) {
        Instant time = arrival.evidence().getEvent().getTime();
        return !time.isBefore(label.from().minus(AROUND))
                && !time.isAfter(label.to().plus(AROUND));
    }

    private static ChainKind kindOf(
            Label label, List<Integer> pieces, List<EvidenceArrival> evidence, Delivery delivery) {
        if (!label.hostile()) {
            return ChainKind.ORDINARY;
        }
        if (!label.stages().equals(ALL_STAGES)) {
            return ChainKind.INCOMPLETE;
        }
        boolean isShort = Duration.between(label.from(), label.to()).compareTo(GRACE) < 0;
        return switch (delivery) {
            case LATE -> ChainKind.LATE;
            case LATER -> ChainKind.LATER;
            case REVERSED -> isShort ? ChainKind.REVERSED : inOrder(pieces, evidence);
            case IN_ORDER -> inOrder(pieces, evidence);
        };
    }

    private static ChainKind inOrder(List<Integer> pieces, List<EvidenceArrival> evidence) {
        Set<String> given = processes(Role.CLICK, pieces, evidence);
        Set<String> loading = processes(Role.EGRESS, pieces, evidence);
        boolean isHandedOff =
                !given.isEmpty() && !loading.isEmpty() && loading.stream().noneMatch(given::contains);
        return isHandedOff ? ChainKind.HAND_OFF : ChainKind.PLAIN;
    }

    private static Set<String> processes(Role role, List<Integer> pieces, List<EvidenceArrival> evidence) {
        return pieces.stream()
                .map(i -> evidence.get(i).evidence())
                .filter(each -> each.getRoles().contains(role))
                .map(each -> each.getEvent().getProcess())
                .filter(Objects::nonNull)
                .map(Process::getEntityId)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
    }

    private static void delay(
            List<Integer> pieces, List<EvidenceArrival> evidence, long[] times, Duration by, SplittableRandom random) {
        Role stage = STAGES.get(random.nextInt(STAGES.size()));
        for (int i : pieces) {
            if (evidence.get(i).evidence().getRoles().contains(stage)) {
                times[i] += by.toMillis();
            }
        }
    }

    private static void reverse(List<Integer> pieces, long[] times) {
        for (int i = 0, j = pieces.size() - 1; i < j; i++, j--) {
            long first = times[pieces.get(i)];
            times[pieces.get(i)] = times[pieces.get(j)];
            times[pieces.get(j)] = first;
        }
    }

    private static List<EvidenceArrival> evidenceOf(LabelledDay day) throws IOException {
        var found = new ArrayList<EvidenceArrival>();
        Path folder = Files.createTempDirectory("clicktrail-chains-");
        var settings = EngineSettings.defaults().with(DayPlayback.SETTINGS);
        try (var engine = Engine.handingOver(settings, revision -> {})) {
            day.write(folder);
            ReferenceData.read(null, folder.resolve(LabelledDay.SEEN), List.of(), List.of())
                    .load(engine);
            engine.listen(engine.topics().evidence(), record -> {
                if (EvidenceLog.counts(record.value())) {
                    found.add(new EvidenceArrival(record.timestamp(), record.value()));
                }
            });
            deliver(folder.resolve(LabelledDay.LOGS), engine);
            engine.finish();
        } catch (UnreadableLogException e) {
            throw new IOException(e);
        } finally {
            FileSystemUtils.deleteRecursively(folder);
        }
        return found;
    }

    private static void deliver(Path logs, Engine engine) throws UnreadableLogException {
        try (var merged =
                new MergedDeliveries(LogFiles.find(List.of(logs)), Stack.MAX_RECORD_BYTES, new EventTimeReader(), 0)) {
            for (var next = merged.next(); next != null; next = merged.next()) {
                engine.deliver(next.value(), next.at());
            }
        }
    }
}
