package io.clicktrail.standalone.hostile;

import io.clicktrail.standalone.delivery.LogDelivery;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Log lines of an attacker, who wants a case not to be made, to be late, or to drown in others.
 *
 * @param amount lines, 1 to {@value #MAX_LINES}
 * @param shift their event time against their delivery
 * @param begin delivery of the first, against the first event of the victim's case
 * @param lasts time until the last is delivered
 * @param seed of names and addresses
 */
record Attack(Kind kind, int victim, int amount, Duration shift, Duration begin, Duration lasts, long seed) {

    static final int MAX_LINES = 1_200;

    private static final Duration MAX_SHIFT = Duration.ofDays(800);
    private static final Duration MAX_BEGIN = Duration.ofMinutes(20);
    private static final Duration MAX_LASTS = Duration.ofMinutes(30);
    private static final int MAX_RANGE = 60_000;
    private static final String DAY = "2026-10-14";
    private static final Pattern TIME = Pattern.compile(DAY + "([T ])\\d\\d:\\d\\d:\\d\\d\\.\\d{3}");
    private static final DateTimeFormatter TEXT =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'%s'HH:mm:ss.SSS", Locale.ROOT);

    /** Starts of processes by Sysmon, Sysmon for Linux and eslogger, and what of them is the new process's own. */
    private static final Pattern START = Pattern.compile("\"event_id\":\"1\"|<EventID>1</EventID>|\"exec\":\\{");

    private static final Pattern RECORD =
            Pattern.compile("(\"record_id\":|<EventRecordID>|\"(?:global_)?seq_num\":)\\d+");
    private static final Pattern GUID =
            Pattern.compile("((?:\"ProcessGuid\":\"|Name=\"ProcessGuid\">)\\{[0-9a-f-]{24})[0-9a-f]{12}");
    private static final Pattern PID = Pattern.compile(
            "(\"ProcessId\":\"|Name=\"ProcessId\">" + "|\"target\":\\{\"audit_token\":\\{[^}]{0,99}\"pid\":)\\d+");
    private static final Pattern IMAGE = Pattern.compile(
            "(\"Image\":\"|Name=\"Image\">|\"target\":\\{.{0,999}\"executable\":\\{\"path\":\")([^\"<]+)");
    private static final Map<String, String> WRITABLE = Map.of("C", "C:\\\\Users\\\\Public\\\\", "/", "/var/tmp/");

    private static final Pattern EPOCH = Pattern.compile("\"ts\":(\\d{10})");
    private static final List<String> ENDINGS = List.of("top", "xyz", "click", "com", "zip", "info", "ru", "pages.dev");

    /** What the lines are. */
    enum Kind {
        /** Another host gets the victim's address. */
        LEASE,
        /** Hosts that nobody knows look up the place that the victim's link leads to. */
        LOOKUP_BY_NOBODY,
        /** The victim's own address looks up that place, and others below its domain. */
        LOOKUP_OF_THE_PLACE,
        /** The victim looks up names that are all different. */
        LOOKUP,
        /** The victim opens TLS connections to names that are all different. */
        CONNECTION,
        /** The victim downloads programs from names that are all different. */
        DOWNLOAD,
        /** The victim starts programs, again or from where users can write, with parents of that day's starts. */
        START,
        /** Lines of the day's own sensors, of any host and platform, with another time. */
        REPEATED_LINE
    }

    /**
     * The host that the attack is about.
     *
     * @param place host name that its link leads to
     * @param clicked first event of its case, milliseconds since 1970
     */
    record Victim(String host, String address, String place, long clicked) {}

    static Attack draw(RandomGenerator random) {
        return new Attack(
                Kind.values()[random.nextInt(Kind.values().length)],
                random.nextInt(3),
                logarithmic(random, MAX_LINES),
                signed(random, MAX_SHIFT),
                signed(random, MAX_BEGIN),
                Duration.ofSeconds(logarithmic(random, (int) MAX_LASTS.toSeconds())),
                random.nextLong());
    }

    /** The same attack with one thing changed. */
    Attack mutated(RandomGenerator random) {
        var other = draw(random);
        return switch (random.nextInt(5)) {
            case 0 ->
                new Attack(kind, victim, Math.clamp(amount * 2L, 1, MAX_LINES), shift, begin, lasts, random.nextLong());
            case 1 -> new Attack(kind, victim, amount, other.shift, begin, lasts, seed);
            case 2 -> new Attack(kind, victim, amount, shift, other.begin, lasts, seed);
            case 3 -> new Attack(kind, victim, amount, shift, begin, other.lasts, seed);
            default -> new Attack(kind, other.victim, amount, shift, begin, lasts, seed);
        };
    }

    /** Its lines in the order of their delivery. */
    List<LogDelivery> lines(Victim on, List<LogDelivery> day) {
        var random = new SplittableRandom(seed);
        var lines = new ArrayList<LogDelivery>(amount);
        for (int number = 0; number < amount; number++) {
            long at = on.clicked() + begin.toMillis() + lasts.toMillis() * number / amount;
            long time = Math.max(0, at + shift.toMillis());
            lines.add(new LogDelivery(line(on, day, random, number, time).getBytes(StandardCharsets.UTF_8), at));
        }
        return lines;
    }

    private String line(Victim on, List<LogDelivery> day, RandomGenerator random, int number, long time) {
        var any = "a" + Long.toString(random.nextLong() >>> 1, 36) + "." + ENDINGS.get(number % ENDINGS.size());
        return switch (kind) {
            case LEASE -> lease(on, random, number, time);
            case LOOKUP_BY_NOBODY -> lookup(nobody(random), on.place(), random, time);
            case LOOKUP_OF_THE_PLACE ->
                lookup(on.address(), (number % 2 == 0 ? "" : "x" + number + ".") + on.place(), random, time);
            case LOOKUP -> lookup(on.address(), any, random, time);
            case CONNECTION -> connection(on.address(), any, random, time);
            case DOWNLOAD -> download(on.address(), any, random, time);
            case START -> started(startOf(on.host(), day, random), any, random, time);
            case REPEATED_LINE -> repeated(day.get(random.nextInt(day.size())), time);
        };
    }

    private static String lease(Victim on, RandomGenerator random, int number, long time) {
        return String.format(
                Locale.ROOT,
                "{\"ts\":%s,\"uids\":[\"%s\"],\"client_addr\":\"%s\",\"mac\":\"02:00:00:00:%02x:%02x\","
                        + "\"host_name\":\"evil-%d\",\"client_fqdn\":\"evil-%d.corp.example\","
                        + "\"assigned_addr\":\"%s\",\"lease_time\":28800.0,\"msg_types\":[\"REQUEST\",\"ACK\"]}",
                seconds(time),
                uid(random),
                on.address(),
                number >> 8,
                number & 0xff,
                number,
                number,
                on.address());
    }

    private static String lookup(String from, String name, RandomGenerator random, long time) {
        return String.format(
                Locale.ROOT,
                "{\"ts\":%s,\"uid\":\"%s\",%s,\"id.resp_h\":\"10.20.0.53\",\"id.resp_p\":53,\"proto\":\"udp\","
                        + "\"query\":\"%s\",\"qtype_name\":\"A\",\"rcode_name\":\"NOERROR\",\"answers\":[\"%s\"]}",
                seconds(time),
                uid(random),
                origin(from, random),
                name,
                outside(random));
    }

    private static String connection(String from, String name, RandomGenerator random, long time) {
        return String.format(
                Locale.ROOT,
                "{\"ts\":%s,\"uid\":\"%s\",%s,\"id.resp_h\":\"%s\",\"id.resp_p\":443,\"version\":\"TLSv13\","
                        + "\"cipher\":\"TLS_AES_256_GCM_SHA384\",\"server_name\":\"%s\",\"resumed\":false,"
                        + "\"established\":true,\"ssl_history\":\"CsiI\"}",
                seconds(time),
                uid(random),
                origin(from, random),
                outside(random),
                name);
    }

    private static String download(String from, String name, RandomGenerator random, long time) {
        return String.format(
                Locale.ROOT,
                "{\"ts\":%s,\"uid\":\"%s\",%s,\"id.resp_h\":\"%s\",\"id.resp_p\":80,\"trans_depth\":1,"
                        + "\"method\":\"GET\",\"host\":\"%s\",\"uri\":\"/setup.exe\",\"version\":\"1.1\","
                        + "\"user_agent\":\"Mozilla/5.0\",\"response_body_len\":190000,\"status_code\":200,"
                        + "\"tags\":[],\"resp_mime_types\":[\"application/x-dosexec\"]}",
                seconds(time),
                uid(random),
                origin(from, random),
                outside(random),
                name);
    }

    /** A line with its time moved, to the day where the format has its time as text. */
    private static String repeated(LogDelivery line, long time) {
        var text = new String(line.value(), StandardCharsets.UTF_8);
        var epoch = EPOCH.matcher(text);
        return epoch.find()
                ? text.substring(0, epoch.start(1)) + time / 1000 + text.substring(epoch.end(1))
                : text.replace(
                        DAY,
                        LocalDate.ofInstant(Instant.ofEpochMilli(time), ZoneOffset.UTC)
                                .toString());
    }

    private static String startOf(String host, List<LogDelivery> day, RandomGenerator random) {
        var starts = day.stream()
                .map(line -> new String(line.value(), StandardCharsets.UTF_8))
                .filter(line -> line.contains(host) && START.matcher(line).find())
                .toList();
        return starts.get(random.nextInt(starts.size()));
    }

    /** A new process in place of the one whose start the line is, with the same parent. */
    private static String started(String line, String name, RandomGenerator random, long time) {
        var text = TIME.matcher(line)
                .replaceAll(found -> String.format(
                        TEXT.format(Instant.ofEpochMilli(time).atOffset(ZoneOffset.UTC)), found.group(1)));
        text = RECORD.matcher(text).replaceAll(found -> found.group(1) + (1 + random.nextInt(Integer.MAX_VALUE)));
        text = GUID.matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(found.group(1) + String.format("%012x", random.nextLong(1L << 48))));
        text = PID.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1) + (1 + random.nextInt(MAX_RANGE))));
        if (random.nextBoolean()) {
            return text;
        }
        return IMAGE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(found.group(1)
                        + Objects.requireNonNull(WRITABLE.get(found.group(2).substring(0, 1)))
                        + name));
    }

    private static String origin(String from, RandomGenerator random) {
        return "\"id.orig_h\":\"" + from + "\",\"id.orig_p\":" + (1024 + random.nextInt(MAX_RANGE));
    }

    private static String nobody(RandomGenerator random) {
        return "172.16." + random.nextInt(256) + "." + random.nextInt(256);
    }

    private static String outside(RandomGenerator random) {
        return "203.0.113." + random.nextInt(256);
    }

    private static String uid(RandomGenerator random) {
        return "C" + Long.toString(random.nextLong() >>> 1, 36);
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%d.%03d", millis / 1000, millis % 1000);
    }

    /** Evenly over orders of magnitude, 1 to most. */
    private static int logarithmic(RandomGenerator random, int most) {
        return (int) Math.round(Math.exp(random.nextDouble() * Math.log(most)));
    }

    /** Evenly over orders of magnitude from one second, to either side. */
    private static Duration signed(RandomGenerator random, Duration most) {
        var seconds = Math.round(Math.exp(random.nextDouble() * Math.log(most.toSeconds())));
        return Duration.ofSeconds(random.nextBoolean() ? seconds : -seconds);
    }
}
