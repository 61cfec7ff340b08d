package io.clicktrail.standalone;

import io.clicktrail.standalone.terminal.Terminal;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

@Command(name = "normalize", mixinStandardHelpOptions = true)
final class NormalizeCommand implements Callable<Integer> {
    private final Terminal terminal;

    NormalizeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.say("not yet");
        return 2;
    }
}
