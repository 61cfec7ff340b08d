package io.clicktrail.enricher.lists;

import io.clicktrail.schemas.lists.DataList;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The lists that the enricher scores by: those that ship with it, each replaced by the operator's file of the same
 * name. Read once, at the start.
 */
public final class Lists {

    /** File name of the Public Suffix List, which has a form of its own. */
    public static final String PUBLIC_SUFFIXES = "public_suffix_list.dat";

    private static final String RESOURCES = "/io/clicktrail/enricher/";
    private static final long MAX_BYTES = 64L << 20;

    private final Map<Name, DataList> read;
    private final byte[] suffixes;
    private final String suffixesFrom;

    private Lists(Map<Name, Path> replaced, @Nullable Path suffixFile) throws IOException {
        this.read = new EnumMap<>(Name.class);
        for (Name name : Name.values()) {
            @Nullable Path file = replaced.get(name);
            try (InputStream in = file == null ? resource(name.resource) : Files.newInputStream(file)) {
                read.put(name, DataList.read(file == null ? name.fileName() : file.toString(), name.separator, in));
            }
        }
        this.suffixesFrom = suffixFile == null ? PUBLIC_SUFFIXES : suffixFile.toString();
        try (InputStream in =
                suffixFile == null ? resource("domain/" + PUBLIC_SUFFIXES) : Files.newInputStream(suffixFile)) {
            this.suffixes = in.readAllBytes();
        }
    }

    /** The lists that ship with the enricher. */
    public static Lists bundled() {
        try {
            return new Lists(Map.of(), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The lists that ship with the enricher, replaced where a folder holds others. A file has the name of its list,
     * with or without a month: {@code hosting.csv}, {@code hosting-2027-01.csv}.
     *
     * @throws IllegalArgumentException for a file that is no list or not readable as one, with file, line and reason
     */
    public static Lists in(Path folder) throws IOException {
        Map<Name, Path> replaced = new EnumMap<>(Name.class);
        @Nullable Path suffixFile = null;
        List<Path> files;
        try (Stream<Path> all = Files.list(folder)) {
            files = all.filter(file -> Files.isRegularFile(file) && !isHidden(file))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            String given = file.getFileName().toString();
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException(file + ": larger than " + MAX_BYTES + " bytes");
            }
            if (given.equals(PUBLIC_SUFFIXES)) {
                suffixFile = file;
                continue;
            }
            @Nullable Name name = Name.of(given);
            if (name == null) {
                throw new IllegalArgumentException(file + ": no list has this name; there are " + PUBLIC_SUFFIXES
                        + " and " + Stream.of(Name.values()).map(Name::fileName).toList());
            }
            @Nullable Path other = replaced.put(name, file);
            if (other != null) {
                throw new IllegalArgumentException(file + ": " + other.getFileName() + " is the same list");
            }
        }
        return new Lists(replaced, suffixFile);
    }

    public DataList of(Name name) {
        return Objects.requireNonNull(read.get(name));
    }

    /** The Public Suffix List as its file is. */
    public InputStream publicSuffixes() {
        return new ByteArrayInputStream(suffixes);
    }

    /** Where the Public Suffix List comes from, for messages. */
    public String publicSuffixesFrom() {
        return suffixesFrom;
    }

    /** As mounted configuration keeps beside its files. */
    private static boolean isHidden(Path file) {
        return file.getFileName().toString().startsWith(".");
    }

    private static InputStream resource(String path) {
        InputStream in = Lists.class.getResourceAsStream(RESOURCES + path);
        if (in == null) {
            throw new IllegalStateException("missing resource " + path);
        }
        return in;
    }

    /** The lists that have rows of fields. */
    public enum Name {
        WEIGHTS("domain/weights-2026-11.csv", ';'),
        TLD_RISK("domain/tld-risk-2026-06.csv", ','),
        PATH_TENANTS("domain/path-tenants-2026-11.csv", ';'),
        REWRITERS("domain/rewriters-2026-11.csv", ';'),
        SHORTENERS("domain/shorteners-2026-11.txt", ';'),
        HOSTING("domain/hosting-2026-11.csv", ';'),
        POPULAR("domain/popular-2026-11.txt", ';'),
        PROTECTED_BRANDS("domain/protected-brands-2026-11.csv", ';'),
        VENDORS("domain/vendors-2026-11.csv", ';'),
        LURE_WORDS("domain/lure-words-2026-11.txt", ';'),
        INTEL_WEIGHTS("intel/intel-weights-2026-11.csv", ';'),
        MAIL_SITES("click/mail-sites-2026-11.txt", ';'),
        USER_PATHS("file/user-paths-2026-11.csv", ';'),
        EXTENSIONS("file/extensions-2026-11.csv", ';'),
        PROCESSES("process/processes-2026-11.csv", ';'),
        COMMANDS("process/commands-2026-11.csv", ';'),
        PUBLISHERS("process/publishers-2026-11.csv", ';'),
        FOLLOW_ON("process/follow-on-2026-11.csv", ';');

        private static final int MONTH = "-2026-11".length();

        private final String resource;
        private final char separator;

        Name(String resource, char separator) {
            this.resource = resource;
            this.separator = separator;
        }

        /** Name of the list's file, without the month. */
        public String fileName() {
            return withoutMonth(resource.substring(resource.indexOf('/') + 1));
        }

        static @Nullable Name of(String fileName) {
            String plain = withoutMonth(fileName);
            for (Name name : values()) {
                if (name.fileName().equals(plain)) {
                    return name;
                }
            }
            return null;
        }

        private static String withoutMonth(String fileName) {
            int dot = fileName.lastIndexOf('.');
            int from = dot - MONTH;
            boolean dated = from > 0 && fileName.charAt(from) == '-' && fileName.charAt(from + 5) == '-';
            for (int i = from + 1; dated && i < dot; i++) {
                dated = i == from + 5 || Character.isDigit(fileName.charAt(i));
            }
            return dated ? fileName.substring(0, from) + fileName.substring(dot) : fileName;
        }
    }
}
