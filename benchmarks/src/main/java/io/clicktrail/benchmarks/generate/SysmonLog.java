package io.clicktrail.benchmarks.generate;

import io.clicktrail.benchmarks.generate.Workstation.ProcessName;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A synthetic log of many workstations in order of time, the same for the same seed. A share of the records can be part
 * of a chain: most of these are links opened from a mail, and downloads without consequences; one scenario in eight is
 * a complete chain of click, egress, write and execution. The rest is background: starts and ends of system processes,
 * connections inside the organisation, lookups of popular names, temporary files.
 */
public final class SysmonLog {
    /** 14 October 2026, 07:00 UTC. */
    public static final long START = 1_791_961_200_000L;

    /** Share of the records that can be part of a chain, where nothing else is asked for. */
    public static final double CHAIN_SHARE = 0.01;

    private static final int RECORDS_OF_A_SCENARIO = 4;
    private static final int SCENARIOS_PER_CHAIN = 8;

    /** Mean time between two records of a host. */
    public static final long MILLIS_BETWEEN_RECORDS_OF_A_HOST = 3_000;

    private static final String[] SERVICES = {
        "C:\\\\Windows\\\\System32\\\\svchost.exe",
        "C:\\\\Windows\\\\System32\\\\taskhostw.exe",
        "C:\\\\Windows\\\\System32\\\\backgroundTaskHost.exe",
        "C:\\\\Windows\\\\System32\\\\SearchProtocolHost.exe",
        "C:\\\\Windows\\\\System32\\\\conhost.exe",
        "C:\\\\Windows\\\\System32\\\\dllhost.exe",
        "C:\\\\Program Files\\\\Windows Defender Advanced Threat Protection\\\\MsSense.exe",
        "C:\\\\Program Files (x86)\\\\Microsoft\\\\EdgeUpdate\\\\MicrosoftEdgeUpdate.exe"
    };
    private static final String[] NAMES = {
        "settings-win.data.microsoft.com",
        "login.microsoftonline.com",
        "outlook.office365.com",
        "teams.microsoft.com",
        "ctldl.windowsupdate.com",
        "edge.microsoft.com",
        "www.google.com",
        "fonts.gstatic.com"
    };

    private final SplittableRandom random;
    private final List<Workstation> hosts = new ArrayList<>();
    private final PriorityQueue<Planned> planned =
            new PriorityQueue<>(Comparator.comparingLong(Planned::millis).thenComparingLong(Planned::number));
    private final SysmonRecord record;
    private final double scenarioChance;
    private final long start;
    private final long millisBetweenRecords;
    private long written;
    private long plans;
    private long scenarios;
    private long chains;

    /** Takes the lines of a log. */
    @FunctionalInterface
    public interface Sink {

        /**
         * Takes a line.
         *
         * @param at event time, milliseconds since 1970
         * @param line JSON document with a line end
         * @param completed domain of the chain whose click, egress and write are complete with this line
         */
        void write(long at, byte[] line, @Nullable String completed) throws IOException;
    }

    /**
     * A log from {@link #START} on with the usual share of evidence.
     *
     * @param hosts number of workstations, 1 to 1,000,000
     * @param seed the same seed gives the same log
     */
    public SysmonLog(int hosts, long seed) {
        this(hosts, CHAIN_SHARE, START, seed);
    }

    /**
     * A log.
     *
     * @param hosts number of workstations, 1 to 1,000,000
     * @param share of the records that can be part of a chain
     * @param start time of the first record, milliseconds since 1970
     * @param seed the same seed gives the same log
     */
    public SysmonLog(int hosts, double share, long start, long seed) {
        this(hosts, share, start, MILLIS_BETWEEN_RECORDS_OF_A_HOST, seed);
    }

    /**
     * A log with another density: with more time between records and a larger share, it holds the same scenarios and
     * less of what lies between them.
     *
     * @param millisBetweenRecords mean time between two records of a host
     */
    public SysmonLog(int hosts, double share, long start, long millisBetweenRecords, long seed) {
        random = new SplittableRandom(seed);
        record = new SysmonRecord(random);
        scenarioChance = share / RECORDS_OF_A_SCENARIO;
        this.start = start;
        this.millisBetweenRecords = millisBetweenRecords;
        for (int i = 0; i < hosts; i++) {
            this.hosts.add(new Workstation(i, random, start / 1000 - 3600));
        }
    }

    /**
     * Writes the next records.
     *
     * @return number of chains with click, egress and write so far
     */
    public long write(long records, Sink out) throws IOException {
        for (long end = written + records; written < end; written++) {
            long now = start + written * millisBetweenRecords / hosts.size();
            if (random.nextDouble() < scenarioChance) {
                planScenario(hosts.get(random.nextInt(hosts.size())), now);
            }
            Planned due = planned.peek();
            if (due != null && due.millis() <= now) {
                planned.remove();
                chains += due.completed() == null ? 0 : 1;
                out.write(now, due.line().get(), due.completed());
            } else {
                out.write(now, noise(hosts.get(random.nextInt(hosts.size())), now), null);
            }
        }
        return chains;
    }

    private byte[] noise(Workstation host, long now) {
        ProcessName process = host.systemProcess(SERVICES[random.nextInt(SERVICES.length)], now / 1000);
        return switch (random.nextInt(8)) {
            case 0, 1 ->
                record.begin(host, now, 1, "Process Create (rule: ProcessCreate)")
                        .process(process)
                        .with("CommandLine", process.image() + " -k netsvcs -p -s Schedule")
                        .with("CurrentDirectory", "C:\\\\WINDOWS\\\\system32\\\\")
                        .with("IntegrityLevel", "System")
                        .hashes("Hashes")
                        .parent(host.service, "C:\\\\WINDOWS\\\\system32\\\\services.exe")
                        .end();
            case 2 ->
                record.begin(host, now, 5, "Process terminated (rule: ProcessTerminate)")
                        .process(process)
                        .end();
            case 3, 4 -> connection(host, host.service, now, "10.20.0." + (1 + random.nextInt(250)));
            case 5 -> query(host, host.service, now, NAMES[random.nextInt(NAMES.length)], "198.51.100.7");
            default ->
                record.begin(host, now, 11, "File created (rule: FileCreate)")
                        .process(process)
                        .with(
                                "TargetFilename",
                                "C:\\\\ProgramData\\\\Microsoft\\\\Diagnosis\\\\" + random.nextInt(1 << 20) + ".tmp")
                        .with("CreationUtcTime", "2026-10-14 06:59:12.004")
                        .end();
        };
    }

    private void planScenario(Workstation host, long now) {
        if (++scenarios % SCENARIOS_PER_CHAIN == 0) {
            completeChain(host, now);
        } else if (scenarios % 2 == 0) {
            String name = NAMES[random.nextInt(NAMES.length)];
            click(host, now, "https://" + name + "/meeting/" + random.nextInt(1 << 20));
            plan(now + 700, () -> query(host, host.browser, now + 700, name, "198.51.100.7"));
        } else {
            String file = "C:\\\\Users\\\\user\\\\Downloads\\\\report-" + random.nextInt(1 << 20) + ".pdf";
            plan(now, () -> write(host, now, file));
            plan(now + 60, () -> mark(host, now + 60, file, "https://teams.microsoft.com/files/report.pdf"));
        }
    }

    private void completeChain(Workstation host, long now) {
        int number = random.nextInt(1 << 24);
        String domain = "docusign-invoice-" + number + ".click";
        String address = "203.0.113." + (1 + number % 250);
        String file = "C:\\\\Users\\\\user\\\\Downloads\\\\Invoice_" + number;
        click(host, now, "https://" + domain + "/review?id=" + number);
        plan(now + 800, () -> query(host, host.browser, now + 800, domain, address));
        plan(now + 900, () -> connection(host, host.browser, now + 900, address));
        planned.add(new Planned(now + 20_000, plans++, () -> write(host, now + 20_000, file + ".js"), domain));
        plan(now + 20_080, () -> mark(host, now + 20_080, file + ".js", "https://" + domain + "/dl/Invoice.js"));
        plan(
                now + 60_000,
                () -> start(
                        host,
                        now + 60_000,
                        host.process("C:\\\\Windows\\\\System32\\\\wscript.exe", (now + 60_000) / 1000),
                        "\\\"C:\\\\Windows\\\\System32\\\\WScript.exe\\\" \\\"" + file + ".js\\\"",
                        host.explorer,
                        "C:\\\\WINDOWS\\\\Explorer.EXE"));
    }

    /** A browser process that passes the link to the running one and ends. */
    private void click(Workstation host, long now, String url) {
        ProcessName opener = host.process(host.browser.image(), now / 1000);
        String commandLine = "\\\"" + opener.image() + "\\\" --single-argument " + url;
        plan(now, () -> start(host, now, opener, commandLine, host.mail, "\\\"" + host.mail.image() + "\\\""));
        plan(
                now + 250,
                () -> record.begin(host, now + 250, 5, "Process terminated (rule: ProcessTerminate)")
                        .process(opener)
                        .end());
    }

    private byte[] start(
            Workstation host,
            long now,
            ProcessName process,
            String commandLine,
            ProcessName parent,
            String parentLine) {
        return record.begin(host, now, 1, "Process Create (rule: ProcessCreate)")
                .process(process)
                .with("CommandLine", commandLine)
                .with("CurrentDirectory", "C:\\\\Users\\\\user\\\\")
                .with("IntegrityLevel", "Medium")
                .hashes("Hashes")
                .parent(parent, parentLine)
                .end();
    }

    private byte[] query(Workstation host, ProcessName process, long now, String name, String address) {
        return record.begin(host, now, 22, "Dns query (rule: DnsQuery)")
                .process(process)
                .with("QueryName", name)
                .with("QueryStatus", 0)
                .with("QueryResults", "::ffff:" + address + ";")
                .end();
    }

    private byte[] connection(Workstation host, ProcessName process, long now, String address) {
        return record.begin(host, now, 3, "Network connection detected (rule: NetworkConnect)")
                .process(process)
                .with("Protocol", "tcp")
                .with("Initiated", "true")
                .with("SourceIsIpv6", "false")
                .with("SourceIp", host.address)
                .with("SourceHostname", host.name)
                .with("SourcePort", 49_152 + random.nextInt(16_000))
                .with("DestinationIsIpv6", "false")
                .with("DestinationIp", address)
                .with("DestinationHostname", "")
                .with("DestinationPort", 443)
                .with("DestinationPortName", "https")
                .end();
    }

    private byte[] write(Workstation host, long now, String file) {
        return record.begin(host, now, 11, "File created (rule: FileCreate)")
                .process(host.browser)
                .with("TargetFilename", file)
                .with("CreationUtcTime", "2026-10-14 06:59:12.004")
                .end();
    }

    private byte[] mark(Workstation host, long now, String file, String url) {
        return record.begin(host, now, 15, "File stream created (rule: FileCreateStreamHash)")
                .process(host.browser)
                .with("TargetFilename", file + ":Zone.Identifier")
                .with("CreationUtcTime", "2026-10-14 06:59:12.004")
                .hashes("Hash")
                .with("Contents", "[ZoneTransfer]  ZoneId=3  HostUrl=" + url + "  ")
                .end();
    }

    private void plan(long millis, Supplier<byte[]> line) {
        planned.add(new Planned(millis, plans++, line, null));
    }

    private record Planned(
            long millis,
            long number,
            Supplier<byte[]> line,
            @Nullable String completed) {}
}
