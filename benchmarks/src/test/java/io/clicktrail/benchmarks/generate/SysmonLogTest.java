package io.clicktrail.benchmarks.generate;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SysmonLogTest {
    private static final int RECORDS = 20_000;

    @Test
    void writesWhatWinlogbeatSendsInTheOrderOfTime() throws IOException {
        var json = JsonMapper.shared();
        var ids = new HashSet<String>();
        String before = "";
        for (String line : lines(1)) {
            JsonNode winlog = json.readTree(line).get("winlog");
            String time = winlog.get("event_data").get("UtcTime").textValue();
            assertThat(time.compareTo(before)).isNotNegative();
            before = time;
            assertThat(ids.add(winlog.get("computer_name").textValue() + winlog.get("record_id")))
                    .isTrue();
        }
        assertThat(ids).hasSize(RECORDS);
    }

    @Test
    void isTheSameForTheSameSeed() throws IOException {
        assertThat(lines(1)).isEqualTo(lines(1)).isNotEqualTo(lines(2));
    }

    @Test
    void holdsOnePercentOfChainEvidenceAndSomeCompleteChains() throws IOException {
        var out = new ByteArrayOutputStream();
        long chains = new SysmonLog(50, 1).write(RECORDS, (at, line, chain) -> out.write(line));
        List<String> lines = out.toString(StandardCharsets.UTF_8).lines().toList();

        long evidence = lines.stream().filter(line -> line.contains("CORP\\\\")).count();
        assertThat(evidence).isBetween(RECORDS / 200L, RECORDS / 50L);
        assertThat(chains).isBetween(3L, 15L);
        assertThat(out.size() / RECORDS).isBetween(1_000, 1_500);
    }

    @Test
    void goesOnWhereItStopped() throws IOException {
        var out = new ByteArrayOutputStream();
        var log = new SysmonLog(50, 1);
        log.write(RECORDS / 4, (at, line, chain) -> out.write(line));
        log.write(RECORDS - RECORDS / 4, (at, line, chain) -> out.write(line));

        assertThat(out.toString(StandardCharsets.UTF_8).lines()).containsExactlyElementsOf(lines(1));
    }

    @Test
    void namesTheDomainOfEachChainWithTheLineThatCompletesIt() throws IOException {
        var completed = new ArrayList<String>();
        long chains = new SysmonLog(50, 0.1, SysmonLog.START, 1).write(RECORDS, (at, line, chain) -> {
            if (chain != null) {
                completed.add(chain);
                assertThat(new String(line, StandardCharsets.UTF_8)).contains("File created", "Downloads");
            }
        });

        assertThat(completed).hasSize((int) chains).hasSizeGreaterThan(30).doesNotHaveDuplicates();
    }

    private static List<String> lines(long seed) throws IOException {
        var out = new ByteArrayOutputStream();
        new SysmonLog(50, seed).write(RECORDS, (at, line, chain) -> out.write(line));
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
