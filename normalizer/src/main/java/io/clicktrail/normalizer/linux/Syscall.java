package io.clicktrail.normalizer.linux;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a system call does, as far as it matters here. */
enum Syscall {
    EXECUTE,
    OPEN,
    OPEN_AT,
    OPEN_HOW,
    CREATE,
    RENAME,
    LINK,
    CHANGE_MODE,
    CHANGE_MODE_AT,
    CONNECT,
    SOCKET_CALL,
    EXIT,
    OTHER;

    private static final Map<String, Syscall> BY_NAME = Map.ofEntries(
            Map.entry("execve", EXECUTE),
            Map.entry("execveat", EXECUTE),
            Map.entry("open", OPEN),
            Map.entry("openat", OPEN_AT),
            Map.entry("openat2", OPEN_HOW),
            Map.entry("creat", CREATE),
            Map.entry("rename", RENAME),
            Map.entry("renameat", RENAME),
            Map.entry("renameat2", RENAME),
            Map.entry("link", LINK),
            Map.entry("linkat", LINK),
            Map.entry("chmod", CHANGE_MODE),
            Map.entry("fchmod", CHANGE_MODE),
            Map.entry("fchmodat", CHANGE_MODE_AT),
            Map.entry("fchmodat2", CHANGE_MODE_AT),
            Map.entry("connect", CONNECT),
            Map.entry("socketcall", SOCKET_CALL),
            Map.entry("exit", EXIT),
            Map.entry("exit_group", EXIT));

    /**
     * Numbers by architecture, which are part of the kernel's interface and never change:
     * arch/x86/entry/syscalls/syscall_64.tbl and syscall_32.tbl, include/uapi/asm-generic/unistd.h, arch/arm, powerpc
     * and s390 syscall.tbl, as of Linux 6.12. Facts, no licence. An architecture is named as AUDIT_ARCH_* writes it, in
     * hex.
     */
    private static final String NUMBERS = """
            c000003e execve=59 execveat=322 open=2 openat=257 openat2=437 creat=85 rename=82 renameat=264 \
            renameat2=316 link=86 linkat=265 chmod=90 fchmod=91 fchmodat=268 fchmodat2=452 connect=42 exit=60 \
            exit_group=231
            c00000b7 execve=221 execveat=281 openat=56 openat2=437 renameat=38 renameat2=276 linkat=37 fchmod=52 \
            fchmodat=53 fchmodat2=452 connect=203 exit=93 exit_group=94
            c00000f3 execve=221 execveat=281 openat=56 openat2=437 renameat=38 renameat2=276 linkat=37 fchmod=52 \
            fchmodat=53 fchmodat2=452 connect=203 exit=93 exit_group=94
            40000003 execve=11 execveat=358 open=5 openat=295 openat2=437 creat=8 rename=38 renameat=302 \
            renameat2=353 link=9 linkat=303 chmod=15 fchmod=94 fchmodat=306 fchmodat2=452 connect=362 socketcall=102 \
            exit=1 exit_group=252
            40000028 execve=11 execveat=387 open=5 openat=322 openat2=437 creat=8 rename=38 renameat=329 \
            renameat2=382 link=9 linkat=330 chmod=15 fchmod=94 fchmodat=333 fchmodat2=452 connect=283 exit=1 \
            exit_group=248
            c0000015 execve=11 execveat=362 open=5 openat=286 openat2=437 creat=8 rename=38 renameat=293 \
            renameat2=357 link=9 linkat=294 chmod=15 fchmod=94 fchmodat=297 fchmodat2=452 connect=328 exit=1 \
            exit_group=234
            80000016 execve=11 execveat=354 open=5 openat=288 openat2=437 creat=8 rename=38 renameat=295 \
            renameat2=347 link=9 linkat=296 chmod=15 fchmod=94 fchmodat=299 fchmodat2=452 connect=362 exit=1 \
            exit_group=248
            """;

    private static final Map<String, Syscall> BY_NUMBER = numbers();

    /**
     * The call of a record.
     *
     * @param architecture AUDIT_ARCH_* in hex, with or without {@code 0x}
     * @param number decimal, or the name in logs that are already interpreted
     * @param name as enriched logs add it
     */
    static Syscall of(@Nullable String architecture, @Nullable String number, @Nullable String name) {
        Syscall named = name == null ? null : BY_NAME.get(name);
        if (named != null) {
            return named;
        }
        if (number == null || name != null) {
            return OTHER;
        }
        String bare = architecture != null && architecture.startsWith("0x") ? architecture.substring(2) : architecture;
        Syscall numbered = BY_NUMBER.get(bare + " " + number);
        return numbered != null ? numbered : BY_NAME.getOrDefault(number, OTHER);
    }

    private static Map<String, Syscall> numbers() {
        Map<String, Syscall> numbers = new HashMap<>();
        for (String line : NUMBERS.split("\n", -1)) {
            String[] words = line.split(" ", -1);
            for (int i = 1; i < words.length; i++) {
                int equals = words[i].indexOf('=');
                numbers.put(
                        words[0] + " " + words[i].substring(equals + 1),
                        BY_NAME.getOrDefault(words[i].substring(0, equals), OTHER));
            }
        }
        return Map.copyOf(numbers);
    }
}
