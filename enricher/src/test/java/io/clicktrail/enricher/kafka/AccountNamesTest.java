package io.clicktrail.enricher.kafka;

import static io.clicktrail.enricher.TestEvents.TEN;
import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.enricher.TestEvents;
import io.clicktrail.event.Event;
import io.clicktrail.event.EventKind;
import io.clicktrail.event.Platform;
import io.clicktrail.event.User;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.evidence.Role;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AccountNamesTest {

    private static final String MAC = "mac-1.contoso.com";
    private static final String SID = "S-1-5-21-1-2-3-1104";

    private final TimestampedKeyValueStore<String, String> store =
            EnrichEventsState.timestamped(new MockProcessorContext<>(), EnricherStores.ACCOUNT_NAMES, Serdes.String());
    private final Counter refused = new SimpleMeterRegistry().counter("refused");
    private AccountNames names = new AccountNames(store, refused);

    @Test
    void aUidHasTheNameOfTheHomeThatAnotherEventShowed() {
        learn(MAC, wrote("501", "/Users/Anna/Downloads/a.dmg"), TEN);

        assertThat(userOf(MAC, "501")).isEqualTo("anna");
    }

    @Test
    void aSidHasItToo() {
        learn("ws-1", wrote(SID, "C:\\Users\\alice\\Downloads\\a.exe"), TEN);

        assertThat(userOf("ws-1", SID)).isEqualTo("alice");
    }

    @Test
    void anUnknownIdStaysAnId() {
        learn(MAC, wrote("501", "/Users/anna/a"), TEN);

        assertThat(userOf(MAC, "502")).isEqualTo("502");
        assertThat(userOf("mac-2.contoso.com", "501")).isEqualTo("501");
        assertThat(userOf(MAC, "0")).isEqualTo("0");
    }

    @Test
    void anEventThatNamesItsAccountOrIsOfAnotherOneKeepsWhatItHas() {
        learn(MAC, wrote("501", "/Users/anna/a"), TEN);
        Event named = event(new User("bob", null, "501", null), "/tmp/a");
        Evidence evidence = evidence(named, "bob");

        assertThat(names.named(MAC, named, evidence)).isSameAs(evidence);
    }

    @Test
    void aHomeThatNamesNobodyTeachesNothing() {
        learn(MAC, wrote("501", "/Users/Shared/a"), TEN);
        learn(MAC, wrote("501", "/private/tmp/a"), TEN);
        learn(MAC, wrote("0", "/Users/anna/a"), TEN);

        assertThat(store.get(MAC)).isNull();
    }

    @Test
    void theLaterNameOfAnIdCountsAWeekAfterTheFirst() {
        learn(MAC, wrote("501", "/Users/anna/a"), TEN);
        learn(MAC, wrote("501", "/Users/bob/a"), TEN.plus(Duration.ofDays(6)));
        assertThat(userOf(MAC, "501")).isEqualTo("anna");

        learn(MAC, wrote("501", "/Users/bob/a"), TEN.plus(Duration.ofDays(7)));

        assertThat(userOf(MAC, "501")).isEqualTo("bob");
    }

    @Test
    void aHostHasSixteenNamesAndMoreAreRefusedAndCounted() {
        for (int i = 0; i < AccountNames.MAX_NAMES; i++) {
            learn(MAC, wrote(Integer.toString(501 + i), "/Users/user" + i + "/a"), TEN);
        }
        assertThat(refused.count()).isZero();

        learn(MAC, wrote("900", "/Users/late/a"), TEN);
        learn(MAC, wrote("900", "/Users/late/a"), TEN);

        assertThat(userOf(MAC, "900")).isEqualTo("900");
        assertThat(userOf(MAC, "501")).isEqualTo("user0");
        assertThat(userOf(MAC, "516")).isEqualTo("user15");
        assertThat(refused.count()).isOne();
    }

    @Test
    void aNameThatIsRenewedIsNotRefusedByAFullHost() {
        for (int i = 0; i < AccountNames.MAX_NAMES; i++) {
            learn(MAC, wrote(Integer.toString(501 + i), "/Users/user" + i + "/a"), TEN);
        }

        learn(MAC, wrote("501", "/Users/anna/a"), TEN.plus(Duration.ofDays(8)));

        assertThat(userOf(MAC, "501")).isEqualTo("anna");
        assertThat(refused.count()).isZero();
    }

    @Test
    void aRestartForgetsNothing() {
        learn(MAC, wrote("501", "/Users/anna/a"), TEN);
        names = new AccountNames(store, refused);

        assertThat(userOf(MAC, "501")).isEqualTo("anna");
    }

    @Test
    void whatWasNotShownForThirtyDaysIsForgottenInStretches() {
        for (int i = 0; i < 2_500; i++) {
            learn("mac-%04d".formatted(i), wrote("501", "/Users/anna/a"), TEN);
        }
        learn(MAC, wrote("501", "/Users/anna/a"), TEN.plus(Duration.ofDays(1)));
        long over = TEN.plus(AccountNames.KEPT).plusMillis(1).toEpochMilli();

        for (int i = 0; i < 3; i++) {
            names.sweep(over);
        }

        assertThat(store.get("mac-0000")).isNull();
        assertThat(store.get("mac-2499")).isNull();
        assertThat(userOf(MAC, "501")).isEqualTo("anna");
    }

    private void learn(String host, Event event, Instant time) {
        names.learn(host, event, time.toEpochMilli());
    }

    private @Nullable String userOf(String host, String id) {
        Event event = event(new User(null, null, id, null), "/private/tmp/a");
        return names.named(host, event, evidence(event, id.toLowerCase(Locale.ROOT)))
                .getUser();
    }

    private static Event wrote(String id, String path) {
        return event(new User(null, null, id, null), path);
    }

    private static Event event(User user, String path) {
        return TestEvents.event(EventKind.FILE_WRITE, "macos.eslogger")
                .setUser(user)
                .setFile(TestEvents.file(path).build())
                .build();
    }

    private static Evidence evidence(Event event, String user) {
        return Evidence.newBuilder()
                .setEvent(event)
                .setHost(MAC)
                .setPlatform(Platform.MACOS)
                .setRoles(List.of(Role.WRITE))
                .setUser(user)
                .setTuningVersion("1")
                .build();
    }
}
