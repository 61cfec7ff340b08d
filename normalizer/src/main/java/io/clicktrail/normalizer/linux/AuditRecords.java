package io.clicktrail.normalizer.linux;

import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.text.Span;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The records of one kernel event, as many as are there, in any order, with repetitions. */
final class AuditRecords {

    private static final int MAX_ARGUMENTS = 4096;

    private @Nullable String node;
    private @Nullable String stamp;
    private @Nullable AuditFields syscall;
    private @Nullable AuditFields directory;
    private @Nullable AuditFields address;
    private @Nullable String title;
    private boolean hasTitle;
    private long argumentCount = -1;
    private int call = -1;
    private final List<AuditLine> unread = new ArrayList<>();
    private final Map<Integer, Argument> arguments = new TreeMap<>();
    private final Map<Integer, AuditFields> paths = new TreeMap<>();

    static AuditRecords of(List<Span> pieces) {
        AuditRecords records = new AuditRecords();
        for (int i = 0; i < pieces.size(); i++) {
            AuditLine line = AuditLine.of(pieces.get(i));
            if (line != null) {
                records.put(line, i);
            }
        }
        return records;
    }

    /** Keeps a line, whose fields are read when they are asked for. */
    private void put(AuditLine line, int place) {
        unread.add(line);
        hasTitle |= line.type().equals("PROCTITLE");
        if (call < 0 && line.type().equals("SYSCALL")) {
            call = place;
        }
    }

    private void readFields() {
        for (AuditLine line : unread) {
            add(line.type(), line.node(), line.stamp(), line.body());
        }
        unread.clear();
    }

    /** The place of the call's own record among the pieces, or the first. */
    int decisive() {
        return Math.max(0, call);
    }

    /** Adds a record: its type, the host's own name, {@code S.mmm:SERIAL} and its fields. */
    void add(String type, @Nullable String host, String id, String body) {
        if (stamp == null) {
            stamp = id;
            node = host;
        }
        AuditFields fields = AuditFields.of(body);
        switch (type) {
            case "SYSCALL" -> syscall = fields;
            case "EXECVE" -> arguments(fields);
            case "CWD" -> directory = fields;
            case "SOCKADDR" -> address = fields;
            case "PATH" -> {
                Long item = fields.number("item");
                paths.put(item == null ? paths.size() : item.intValue(), fields);
            }
            case "PROCTITLE" -> {
                hasTitle = true;
                title = fields.text("proctitle");
            }
            default -> {}
        }
    }

    /**
     * Whether nothing is missing. The call's own record says how many PATHs there are, EXECVE how many arguments;
     * PROCTITLE is the kernel's last one. Kernels before 3.14 write none: their events end with the time limit.
     */
    boolean isComplete() {
        if (!unread.isEmpty() && (call < 0 || !hasTitle)) {
            return false;
        }
        readFields();
        if (syscall == null || !hasTitle) {
            return false;
        }
        Long items = syscall.number("items");
        if (items != null && (paths.size() < items || (items > 0 && directory == null))) {
            return false;
        }
        return switch (call(syscall)) {
            case EXECUTE -> "no".equals(syscall.plain("success")) || hasAllArguments();
            case CONNECT -> address != null;
            default -> true;
        };
    }

    /** The event, or null where the record of the call itself is missing, without which the others say nothing. */
    @Nullable
    AuditEvent event() {
        readFields();
        if (syscall == null || stamp == null) {
            return null;
        }
        AuditEvent event = new AuditEvent(stamp, node);
        String name = syscall.plain("SYSCALL");
        event.call(
                call(syscall),
                name == null ? syscall.plain("syscall") : name,
                syscall.plain("success"),
                syscall.plain("exit"));
        event.argument(0, syscall.plain("a0"));
        event.argument(1, syscall.plain("a1"));
        event.argument(2, syscall.plain("a2"));
        event.argument(3, syscall.plain("a3"));
        event.process(syscall.plain("pid"), syscall.plain("ppid"), syscall.plain("ses"));
        event.users(syscall.plain("auid"), syscall.plain("AUID"), syscall.plain("uid"), syscall.plain("UID"));
        event.image(syscall.text("exe"), syscall.text("comm"));
        event.commandLine(
                arguments(), title == null ? null : title.replace('\0', ' ').strip());
        event.directory(directory == null ? null : directory.text("cwd"));
        event.address(address == null ? null : address());
        paths.forEach((item, path) -> {
            String type = path.plain("nametype");
            event.path(item, path.text("name"), type == null ? path.plain("objtype") : type);
        });
        if (!isComplete()) {
            event.markIncomplete();
        }
        return event;
    }

    private static Syscall call(AuditFields syscall) {
        return Syscall.of(syscall.plain("arch"), syscall.plain("syscall"), syscall.plain("SYSCALL"));
    }

    private @Nullable SocketAddress address() {
        if (address == null) {
            return null;
        }
        String hex = address.plain("saddr");
        SocketAddress raw = SocketAddress.of(hex);
        String ip = IpAddresses.canonical(address.plain("laddr"));
        Integer port = Numbers.port(address.plain("lport"));
        return raw != null || ip == null ? raw : new SocketAddress(ip, port == null ? 0 : port);
    }

    private void arguments(AuditFields fields) {
        Long count = fields.number("argc");
        if (count != null) {
            argumentCount = count;
        }
        fields.all().forEach((name, value) -> {
            if (name.length() > 1 && name.charAt(0) == 'a' && Character.isDigit(name.charAt(1))) {
                argument(name, value);
            }
        });
    }

    /** {@code a1}, {@code a1_len} or {@code a1[0]}: long arguments come in chunks. */
    private void argument(String name, String value) {
        int end = 1;
        int index = 0;
        while (end < name.length() && Character.isDigit(name.charAt(end)) && index < MAX_ARGUMENTS) {
            index = index * 10 + (name.charAt(end++) - '0');
        }
        if (index >= MAX_ARGUMENTS) {
            return;
        }
        Argument argument = arguments.computeIfAbsent(index, absent -> new Argument());
        if (end == name.length()) {
            argument.chunks.put(0, value);
        } else if (name.startsWith("_len", end)) {
            Long length = Numbers.whole(value);
            argument.length = length == null ? -1 : length;
        } else if (name.charAt(end) == '[' && name.endsWith("]")) {
            Integer chunk = Numbers.within(name.substring(end + 1, name.length() - 1), MAX_ARGUMENTS);
            if (chunk != null) {
                argument.chunks.put(chunk, value);
            }
        }
    }

    private boolean hasAllArguments() {
        if (argumentCount < 0 || arguments.size() < Math.min(argumentCount, MAX_ARGUMENTS)) {
            return false;
        }
        for (Argument argument : arguments.values()) {
            if (!argument.isComplete()) {
                return false;
            }
        }
        return true;
    }

    private List<String> arguments() {
        List<String> texts = new ArrayList<>(arguments.size());
        for (Argument argument : arguments.values()) {
            texts.add(argument.text());
        }
        return texts;
    }

    /** One argument of a program, whole or in chunks. */
    private static final class Argument {
        private final Map<Integer, String> chunks = new TreeMap<>();
        private long length = -1;

        /** The length that the kernel gives is that of the text as it is written, without quotes. */
        boolean isComplete() {
            long there = 0;
            for (String chunk : chunks.values()) {
                there += AuditFields.unquoted(chunk).length();
            }
            return length < 0 ? !chunks.isEmpty() : there >= length;
        }

        /** A character may be cut in two between chunks of hex, so their bytes are joined first. */
        String text() {
            if (chunks.size() == 1) {
                String text = AuditFields.decode(chunks.values().iterator().next());
                return text == null ? "" : text;
            }
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (String chunk : chunks.values()) {
                byte[] hex = AuditFields.isQuoted(chunk) ? null : AuditFields.hex(chunk);
                bytes.writeBytes(hex == null ? AuditFields.unquoted(chunk).getBytes(StandardCharsets.UTF_8) : hex);
            }
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
