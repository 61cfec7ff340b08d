package io.clicktrail.enricher.kafka;

import static io.clicktrail.enricher.TestEvents.EXPLORER;
import static io.clicktrail.enricher.TestEvents.HOST;
import static io.clicktrail.enricher.TestEvents.TEN;
import static io.clicktrail.enricher.TestEvents.sysmon;
import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestTunings;
import io.clicktrail.enricher.evidence.Enrichment;
import io.clicktrail.enricher.tuning.TuningTable;
import io.clicktrail.event.CodeSignature;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Hash;
import io.clicktrail.event.ParentProcess;
import io.clicktrail.event.Process;
import io.clicktrail.event.SignatureStatus;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.Role;
import io.clicktrail.schemas.RecordCopy;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Signatures that a sensor reports apart from the start of the process. */
class ImageSignaturesTest {

    private static final String SETUP = "C:\\Users\\alice\\Downloads\\setup.exe";
    private static final String SHA1 = "aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d";
    private static final String SHA256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
    private static final CodeSignature REVOKED =
            new CodeSignature(null, null, "Contoso Ltd", SignatureStatus.REVOKED, null);

    private final MockProcessorContext<String, ResolutionInput> context = new MockProcessorContext<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private EnrichEvents step = started();

    private EnrichEvents started() {
        EnrichEventsState.addTo(context);
        return restarted();
    }

    private EnrichEvents restarted() {
        var enricher = new EnrichEvents(
                new TuningTable(TestTunings.CATALOGUES), new Enrichment(TestTunings.CATALOGUES), false, meters);
        enricher.init(context);
        return enricher;
    }

    @Test
    void aStartGoesAgainWithTheSignatureOfItsProcessAlsoAfterARestart() {
        Event start = start("p1", null, TEN);

        List<Evidence> first = deliver(start, TEN);
        step = restarted();
        List<Evidence> again = deliver(signature("p1", null, SETUP), TEN.plusMillis(20));

        assertThat(first).singleElement().satisfies(evidence -> {
            assertThat(evidence.getEvent().getProcess().getCodeSignature()).isNull();
            assertThat(evidence.getProcessOrder()).isZero();
        });
        assertThat(again).singleElement().satisfies(evidence -> {
            assertThat(evidence.getEvent())
                    .isEqualTo(RecordCopy.of(start)
                            .set(
                                    "process",
                                    RecordCopy.of(start.getProcess())
                                            .set("code_signature", REVOKED)
                                            .build())
                            .build());
            assertThat(evidence.getRoles()).contains(Role.EXECUTION);
            assertThat(evidence.getProcessOrder()).isOne();
        });
    }

    @Test
    void aCertificateFindsTheStartByItsHashAndLaterStartsKnowItAtOnce() {
        deliver(start("p1", SHA1, TEN), TEN);

        List<Evidence> again = deliver(signature(null, SHA1, null), TEN.plusSeconds(300));
        List<Evidence> later = deliver(start("p2", SHA1, TEN.plusSeconds(900)), TEN.plusSeconds(900));

        assertThat(again).singleElement().satisfies(ImageSignaturesTest::isRevoked);
        assertThat(later).singleElement().satisfies(ImageSignaturesTest::isRevoked);
    }

    @Test
    void aCertificateThatCameBeforeIsKnownForThirtyDays() {
        deliver(signature(null, SHA1, null), TEN);
        Instant last = TEN.plus(ImageSignatures.KEPT);

        assertThat(deliver(start("p1", SHA1, last), last)).singleElement().satisfies(ImageSignaturesTest::isRevoked);
        Instant over = last.plusMillis(1);
        assertThat(deliver(start("p2", SHA1, over), over))
                .singleElement()
                .satisfies(
                        evidence -> assertThat(evidence.getEvent().getProcess().getCodeSignature())
                                .isNull());
    }

    @Test
    void aStartWaitsForAnHour() {
        deliver(start("p1", null, TEN), TEN);
        deliver(start("p2", null, TEN), TEN);

        assertThat(deliver(signature("p1", null, SETUP), TEN.plus(ImageSignatures.WAITS)))
                .hasSize(1);
        assertThat(deliver(
                        signature("p2", null, SETUP),
                        TEN.plus(ImageSignatures.WAITS).plusMillis(1)))
                .isEmpty();
    }

    @Test
    void whatIsOfAnotherProcessOrContentSaysNothing() {
        deliver(start("p1", SHA1, TEN), TEN);

        assertThat(deliver(signature("p2", null, SETUP), TEN.plusSeconds(1))).isEmpty();
        assertThat(deliver(signature(null, "b" + SHA1.substring(1), null), TEN.plusSeconds(1)))
                .isEmpty();
    }

    @Test
    void aSignatureThatTheStartItselfShowsStays() {
        var own = new CodeSignature(null, null, "Fabrikam", SignatureStatus.VALID, null);
        Event start = start("p1", SHA1, TEN);
        Event signed = RecordCopy.of(start)
                .set(
                        "process",
                        RecordCopy.of(start.getProcess())
                                .set("code_signature", own)
                                .build())
                .build();
        deliver(signature(null, SHA1, null), TEN);

        assertThat(deliver(signed, TEN))
                .singleElement()
                .satisfies(
                        evidence -> assertThat(evidence.getEvent().getProcess().getCodeSignature())
                                .isEqualTo(own));
        assertThat(deliver(signature("p1", SHA1, SETUP), TEN)).isEmpty();
    }

    @Test
    void imagesOfTheSystemAreNotRemembered() {
        deliver(signature("p1", SHA1, "C:\\Windows\\System32\\cmd.exe"), TEN);

        assertThat(entries()).isZero();
    }

    @Test
    void aHostHasItsSlotsAndWhatHadToGoIsCounted() {
        int all = 2_000;
        for (int i = 0; i < all; i++) {
            deliver(start("p" + i, null, TEN), TEN);
            deliver(signature(null, "%040x".formatted(i), null), TEN);
        }

        assertThat(entries()).isEqualTo(ImageSignatures.WAITING_SLOTS + ImageSignatures.SIGNED_SLOTS);
        assertThat(meters.get("clicktrail.enricher.signatures.evicted")
                        .counter()
                        .count())
                .isEqualTo(2.0 * all - ImageSignatures.WAITING_SLOTS - ImageSignatures.SIGNED_SLOTS);
    }

    @Test
    void whatIsOverIsSweptAway() {
        deliver(start("p1", SHA1, TEN), TEN);
        deliver(signature(null, SHA1, null), TEN);
        assertThat(entries()).isEqualTo(4);

        sweep(TEN.plus(ImageSignatures.WAITS).plusMillis(1));
        assertThat(entries()).isOne();
        sweep(TEN.plus(ImageSignatures.KEPT).plusMillis(1));
        assertThat(entries()).isZero();
    }

    private void sweep(Instant now) {
        context.scheduledPunctuators().getLast().getPunctuator().punctuate(now.toEpochMilli());
    }

    private int entries() {
        TimestampedKeyValueStore<String, Event> store = context.getStateStore(EnricherStores.IMAGE_SIGNATURES);
        int entries = 0;
        try (KeyValueIterator<String, ValueAndTimestamp<Event>> all = store.all()) {
            for (; all.hasNext(); all.next()) {
                entries++;
            }
        }
        return entries;
    }

    private List<Evidence> deliver(Event event, Instant at) {
        step.process(new Record<>(HOST, event, at.toEpochMilli()));
        var evidence = new ArrayList<Evidence>();
        for (var forwarded : context.forwarded()) {
            evidence.add(((ResolutionInput.ForChains) forwarded.record().value()).evidence());
        }
        context.resetForwards();
        return evidence;
    }

    private static void isRevoked(Evidence evidence) {
        assertThat(evidence.getEvent().getProcess().getCodeSignature()).isEqualTo(REVOKED);
    }

    private static Event start(String entity, @Nullable String sha1, Instant time) {
        return sysmon(EventKind.PROCESS_START)
                .setTime(time)
                .setProcess(Process.newBuilder()
                        .setEntityId(entity)
                        .setPid(7L)
                        .setExecutable(SETUP)
                        .setCommandLine('"' + SETUP + '"')
                        .setHash(sha1 == null ? null : new Hash(null, sha1, SHA256))
                        .setParent(ParentProcess.newBuilder()
                                .setExecutable(EXPLORER)
                                .build())
                        .build())
                .build();
    }

    private static Event signature(@Nullable String entity, @Nullable String sha1, @Nullable String image) {
        return sysmon(EventKind.OTHER)
                .setProcess(Process.newBuilder()
                        .setEntityId(entity)
                        .setExecutable(image)
                        .setHash(sha1 == null ? null : new Hash(null, sha1, null))
                        .setCodeSignature(REVOKED)
                        .build())
                .build();
    }
}
