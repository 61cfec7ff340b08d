package io.clicktrail.normalizer.linux;

import io.clicktrail.normalizer.envelope.CollectorHost;
import io.clicktrail.normalizer.event.IpAddresses;
import io.clicktrail.normalizer.event.Numbers;
import io.clicktrail.normalizer.format.EnvelopeMetadata;
import io.clicktrail.normalizer.format.JsonFormat;
import io.clicktrail.normalizer.format.RecordContext;
import io.clicktrail.normalizer.json.JsonFields;
import io.clicktrail.normalizer.json.JsonPaths;
import io.clicktrail.normalizer.json.JsonRows;
import io.clicktrail.normalizer.raw.Outcome;
import io.clicktrail.normalizer.raw.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Events of the audit system as LAUREL (github.com/threathunters-io/laurel) writes them: one JSON object for all
 * records of an event.
 */
public final class LaurelJson implements JsonFormat {

    private static final int MAX_PATHS = 64;

    private final int id;
    private final int node;
    private final CollectorHost collector;
    private final int call;
    private final int architecture;
    private final int number;
    private final int callName;
    private final int success;
    private final int exit;
    private final int[] arguments = new int[4];
    private final int pid;
    private final int parentPid;
    private final int session;
    private final int loginUser;
    private final int loginUserName;
    private final int user;
    private final int userName;
    private final int command;
    private final int executable;
    private final int argv;
    private final int argvText;
    private final int title;
    private final int directory;
    private final int ip;
    private final int port;
    private final int rawAddress;
    private final int[] parentExecutable;
    private final int paths;
    private final JsonRows rows = new JsonRows(MAX_PATHS, "item", "name", "nametype");

    public LaurelJson(JsonPaths json) {
        id = json.field("ID");
        node = json.field("NODE");
        collector = new CollectorHost(json);
        call = json.field("SYSCALL");
        architecture = json.field("SYSCALL.arch");
        number = json.field("SYSCALL.syscall");
        callName = json.field("SYSCALL.SYSCALL");
        success = json.field("SYSCALL.success");
        exit = json.field("SYSCALL.exit");
        for (int i = 0; i < arguments.length; i++) {
            arguments[i] = json.field("SYSCALL.a" + i);
        }
        pid = json.field("SYSCALL.pid");
        parentPid = json.field("SYSCALL.ppid");
        session = json.field("SYSCALL.ses");
        loginUser = json.field("SYSCALL.auid");
        loginUserName = json.field("SYSCALL.AUID");
        user = json.field("SYSCALL.uid");
        userName = json.field("SYSCALL.UID");
        command = json.field("SYSCALL.comm");
        executable = json.field("SYSCALL.exe");
        argv = json.field("EXECVE.ARGV");
        argvText = json.field("EXECVE.ARGV_STR");
        title = json.field("PROCTITLE.ARGV");
        directory = json.field("CWD.cwd");
        ip = json.field("SOCKADDR.SADDR.addr");
        port = json.field("SOCKADDR.SADDR.port");
        rawAddress = json.field("SOCKADDR.saddr");
        parentExecutable = new int[] {json.field("PPID.exe"), json.field("PARENT_INFO.exe")};
        paths = json.span("PATH");
    }

    @Override
    public String name() {
        return "linux.laurel";
    }

    @Override
    public List<String> datasets() {
        return List.of(AuditEvent.DATASET);
    }

    @Override
    public boolean recognises(JsonFields document, EnvelopeMetadata metadata) {
        String stamp = document.get(id);
        return stamp != null && AuditLine.isStamp(stamp);
    }

    @Override
    public Outcome read(JsonFields document, RecordContext context) {
        String stamp = document.get(id);
        if (stamp == null) {
            return context.rejected(Reason.MISSING_FIELD, this);
        }
        if (!document.isObject(call)) {
            return new Outcome.Ignored(AuditEvent.DATASET, "event without a system call");
        }
        String host = document.get(node);
        AuditEvent event = new AuditEvent(stamp, host == null ? collector.of(document, context) : host);
        event.call(
                Syscall.of(document.get(architecture), document.get(number), document.get(callName)),
                document.get(callName) == null ? document.get(number) : document.get(callName),
                document.get(success),
                document.get(exit));
        for (int i = 0; i < arguments.length; i++) {
            event.argument(i, document.get(arguments[i]));
        }
        event.process(document.get(pid), document.get(parentPid), document.get(session));
        event.users(document.get(loginUser), document.get(loginUserName), document.get(user), document.get(userName));
        event.image(document.get(executable), document.get(command));
        String parent = document.get(parentExecutable[0]);
        event.parentImage(parent == null ? document.get(parentExecutable[1]) : parent);
        String text = document.get(argvText);
        String line = text == null ? String.join(" ", document.all(title)) : text;
        event.commandLine(document.all(argv), line.isEmpty() ? null : line);
        if (document.all(argv).isEmpty() && line.isEmpty()) {
            event.markWithoutArguments();
        }
        event.directory(document.get(directory));
        event.address(address(document));
        for (@Nullable String[] path : rows.read(document.inner(paths))) {
            Integer item = Numbers.within(path[0], MAX_PATHS);
            event.path(item == null ? 0 : item, path[1], path[2]);
        }
        return event.read(context, this);
    }

    private @Nullable SocketAddress address(JsonFields document) {
        String text = IpAddresses.canonical(document.get(ip));
        if (text == null) {
            return SocketAddress.of(document.get(rawAddress));
        }
        Integer number = Numbers.port(document.get(port));
        return new SocketAddress(text, number == null ? 0 : number);
    }
}
