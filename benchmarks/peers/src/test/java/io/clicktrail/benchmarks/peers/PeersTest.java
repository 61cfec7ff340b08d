package io.clicktrail.benchmarks.peers;

import static org.assertj.core.api.Assertions.assertThat;

import io.clicktrail.benchmarks.chains.ChainMatch;
import io.clicktrail.benchmarks.chains.EvidenceArrival;
import io.clicktrail.benchmarks.chains.EvidenceLog;
import io.clicktrail.benchmarks.peers.chain.Step;
import io.clicktrail.benchmarks.peers.esper.EsperPattern;
import io.clicktrail.benchmarks.peers.kafka.ConsumeLoop;
import io.clicktrail.benchmarks.peers.siembol.SiembolCorrelation;
import io.clicktrail.benchmarks.peers.streams.WindowedJoin;
import io.clicktrail.evidence.Evidence;
import io.clicktrail.schemas.StateSerdes;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Each finds the complete chains of a log. Flink, whose RocksDB is another, is tried by the command alone. */
class PeersTest {

    private static final Pattern CHAIN = Pattern.compile("docusign-invoice-\\d+");
    private static final int PIECES = 2_000;
    private static final int HOSTS = 20;

    private static final List<EvidenceArrival> ARRIVALS = new ArrayList<>();
    private static long complete;

    @BeforeAll
    static void write() throws IOException {
        var log = new EvidenceLog(HOSTS, 1);
        log.write(PIECES, ARRIVALS::add);
        complete = log.completedInTheLast(Duration.ofDays(365).toMillis());
        ARRIVALS.add(ARRIVALS.getLast().elsewhere("end.example", Duration.ofDays(2)));
    }

    @Test
    void theWindowedJoinFindsTheChains() {
        var properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "join");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1");
        var evidence = new StateSerdes().of(Evidence.class);
        try (var driver = new TopologyTestDriver(WindowedJoin.topology(evidence, "in", "out"), properties)) {
            var in = driver.createInputTopic("in", new StringSerializer(), evidence.serializer());
            ARRIVALS.forEach(each -> in.pipeInput(each.evidence().getHost(), each.evidence()));

            assertThatChainsAreIn(
                    driver
                            .createOutputTopic("out", new StringDeserializer(), new StringDeserializer())
                            .readValuesToList()
                            .stream()
                            .map(ChainMatch::of));
        }
    }

    @Test
    void espersPatternFindsTheChains() throws Exception {
        List<ChainMatch> found = new ArrayList<>();
        pass(new EsperPattern(found::add));
        assertThatChainsAreIn(found.stream());
    }

    @Test
    void siembolsRuleFindsTheChains() {
        List<ChainMatch> found = new ArrayList<>();
        pass(new SiembolCorrelation(found::add));
        assertThatChainsAreIn(found.stream());
    }

    private static void pass(ConsumeLoop.Library library) {
        ARRIVALS.forEach(each -> library.take(Step.of(each.evidence())));
    }

    /** The execution of the last may come after the end of the log. */
    private static void assertThatChainsAreIn(Stream<ChainMatch> found) {
        long chains = found.flatMap(match -> CHAIN.matcher(match.names()).results())
                .map(result -> result.group())
                .distinct()
                .count();
        assertThat(complete).isGreaterThan(5);
        assertThat(chains).isBetween(complete - 2, complete);
    }
}
