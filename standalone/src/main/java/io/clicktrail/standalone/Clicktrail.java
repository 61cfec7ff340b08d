package io.clicktrail.standalone;

import io.clicktrail.schemas.RegistryException;
import io.clicktrail.standalone.logs.UnreadableLogException;
import io.clicktrail.standalone.stack.StackException;
import io.clicktrail.standalone.terminal.Terminal;
import io.clicktrail.streams.topics.AccessPlan;
import java.io.PrintWriter;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.springframework.boot.convert.DurationStyle;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** The command line. */
@Command(
        name = "clicktrail",
        description = {
            "Finds users who followed a malicious link (MITRE ATT&CK T1204.001, detection strategy DET0066)",
            "in raw security logs, and sends each case to a SOAR."
        },
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        footer = {
            "",
            "Exit codes: 0 done, 1 a file cannot be read or parsed, 2 wrong usage, 3 the stack failed,",
            "4 a test failed, or the doctor found a fault.",
            "Set Java options, for example -Xmx4g, in the environment variable CLICKTRAIL_OPTS."
        })
public final class Clicktrail {
    /** Done; rejected records are no error. */
    public static final int DONE = 0;

    /** A file can't be read, or nothing in it could be parsed. */
    public static final int NOT_UNDERSTOOD = 1;

    /** The stack does not start, or a service makes no progress. */
    public static final int STACK_FAILED = 3;

    /** A test of {@code clicktrail test} did not give what it expects, or {@code doctor} found a fault. */
    public static final int TEST_FAILED = 4;

    private Clicktrail() {}

    public static void main(String[] arguments) {
        System.exit(run(Terminal.ofThisProcess(), arguments));
    }

    /**
     * Runs a command line.
     *
     * @return the exit code
     */
    public static int run(Terminal terminal, String... arguments) {
        return new CommandLine(new Clicktrail())
                .addSubcommand(new DemoCommand(terminal))
                .addSubcommand(new UpCommand(terminal))
                .addSubcommand(new ReplayCommand(terminal))
                .addSubcommand(new NormalizeCommand(terminal))
                .addSubcommand(new TestCommand(terminal))
                .addSubcommand(new ExplainCommand(terminal))
                .addSubcommand(new BacktestCommand(terminal))
                .addSubcommand(new IntelCommand(terminal))
                .addSubcommand(new DomainsCommand(terminal))
                .addSubcommand(new LeasesCommand(terminal))
                .addSubcommand(new AssetsCommand(terminal))
                .addSubcommand(new ListsCommand(terminal))
                .addSubcommand(new CommandLine(new TuningCommand(terminal))
                        .addSubcommand(new SuggestCommand(terminal))
                        .addSubcommand(new ShadowCommand(terminal)))
                .addSubcommand(new RejectedCommand(terminal))
                .addSubcommand(new CoverageCommand(terminal))
                .addSubcommand(new ForgetCommand(terminal))
                .addSubcommand(new DoctorCommand(terminal))
                .registerConverter(Duration.class, Clicktrail::duration)
                .registerConverter(AccessPlan.class, Clicktrail::principals)
                .setExecutionExceptionHandler((failure, command, parsed) -> report(terminal, failure))
                .setParameterExceptionHandler((failure, given) -> misuse(terminal, failure))
                .setOut(new PrintWriter(terminal.results(), true))
                .setErr(new PrintWriter(terminal.messages(), true))
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .execute(arguments);
    }

    private static int report(Terminal terminal, Exception failure) throws Exception {
        if (RunningStack.isEnding()) {
            return STACK_FAILED;
        }
        if (failure instanceof UnreadableLogException) {
            terminal.say("clicktrail: " + failure.getMessage());
            return NOT_UNDERSTOOD;
        }
        if (failure instanceof StackException || failure instanceof KafkaException) {
            terminal.say("clicktrail: " + reasonOf(failure));
            return STACK_FAILED;
        }
        throw failure;
    }

    /** What the registry said, where the consumer only says that a record can't be read. */
    static String reasonOf(Exception failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RegistryException) {
                return String.valueOf(cause.getMessage());
            }
        }
        return String.valueOf(failure.getMessage());
    }

    private static int misuse(Terminal terminal, ParameterException failure) {
        CommandLine command = failure.getCommandLine();
        terminal.say("clicktrail: " + failure.getMessage());
        terminal.say("Try '" + command.getCommandSpec().qualifiedName() + " --help'.");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    private static Duration duration(String text) {
        try {
            return DurationStyle.detectAndParse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' is not a duration such as 30s, 10m, 12h or 14d");
        }
    }

    private static AccessPlan principals(String text) {
        try {
            return new AccessPlan(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' does not begin with User: or has no {name} in it");
        }
    }
}
