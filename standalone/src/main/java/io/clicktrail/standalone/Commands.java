package io.clicktrail.standalone;

import io.clicktrail.standalone.terminal.Terminal;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands, and hands them the terminal. */
final class Commands implements IFactory {
    private final IFactory others = CommandLine.defaultFactory();
    private final Terminal terminal;

    Commands(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public <T> T create(Class<T> type) throws Exception {
        if (type == DemoCommand.class) {
            return type.cast(new DemoCommand(terminal));
        }
        if (type == UpCommand.class) {
            return type.cast(new UpCommand(terminal));
        }
        if (type == ReplayCommand.class) {
            return type.cast(new ReplayCommand(terminal));
        }
        if (type == NormalizeCommand.class) {
            return type.cast(new NormalizeCommand(terminal));
        }
        if (type == IntelCommand.class) {
            return type.cast(new IntelCommand(terminal));
        }
        if (type == DomainsCommand.class) {
            return type.cast(new DomainsCommand(terminal));
        }
        if (type == LeasesCommand.class) {
            return type.cast(new LeasesCommand(terminal));
        }
        if (type == ListsCommand.class) {
            return type.cast(new ListsCommand(terminal));
        }
        if (type == TuningCommand.class) {
            return type.cast(new TuningCommand(terminal));
        }
        if (type == RejectedCommand.class) {
            return type.cast(new RejectedCommand(terminal));
        }
        if (type == CoverageCommand.class) {
            return type.cast(new CoverageCommand(terminal));
        }
        return others.create(type);
    }
}
