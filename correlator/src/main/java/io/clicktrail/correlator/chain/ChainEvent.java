package io.clicktrail.correlator.chain;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One event of a host, with no more than matching needs; the evidence itself is in a store of its own. Texts that are
 * only compared are fingerprints, 0 where the evidence has none.
 *
 * @param id of the event
 * @param time of the event, microseconds since 1970
 * @param arrived stream time at its arrival, milliseconds since 1970
 * @param roles stages it can play, bits of {@link #CLICK} to {@link #EXECUTION}; {@link #SIGN_IN} is no stage
 * @param traits bits of {@link #WEAK} to {@link #IMITATES}
 * @param score of the tenant key, 0-100
 * @param user canonical user
 * @param process the process that acted; of a click the process that it started
 * @param opener of a click: the process in which the user clicked
 * @param application of the process; of a click the one that it started
 * @param tenant who answers for the clicked URL, the destination or the origin of the file; of a {@link #SIGN_IN} the
 *     name of the account's organisation
 * @param referrer tenant key of the page that led to the file
 * @param file the file that was written, under its name and its final name
 * @param run what an execution ran
 * @param vendor of a write whose file names no origin, the vendor whose files have such names; of a
 *     {@link #DISTRIBUTOR}, the vendor whose files alone are from there, absent where any may be
 * @param urlName last segment of the path of the clicked or requested URL, or of the file's origin, where it names a
 *     file
 */
record ChainEvent(
        EventId id,
        long time,
        long arrived,
        int roles,
        int traits,
        int score,
        long user,
        long process,
        long opener,
        long application,
        @Nullable String tenant,
        @Nullable String referrer,
        @Nullable Written file,
        @Nullable Run run,
        long vendor,
        long urlName) {

    static final int CLICK = 1;
    static final int EGRESS = 2;
    static final int WRITE = 4;
    static final int EXECUTION = 8;

    /** A sign-in of the user at a service that the identity provider calls risky; of no chain. */
    static final int SIGN_IN = 16;

    /** The host is known through a lease only, or another host held the address too. */
    static final int WEAK = 1;

    /** A living-off-the-land binary or script host. */
    static final int LOLBIN = 2;

    /** Runs from a mounted drive or from the folder that an archive tool unpacks to. */
    static final int UNPACKED = 4;

    /** Disk image or archive. */
    static final int CONTAINER = 8;

    /** A new file that can run and lacks the mark that a download gets. */
    static final int UNMARKED = 16;

    /** The place was first seen within 7 days, or is a bare address that is not known. */
    static final int NEW_PLACE = 1 << 5;

    /** The place is new, but what is ordinary is still being learnt. */
    static final int LEARNING_PLACE = 1 << 6;

    /** The place has been known for 7 days or longer. */
    static final int KNOWN_PLACE = 1 << 7;

    /** The place handed out its first program within 7 days. */
    static final int FIRST_PROGRAM = 1 << 8;

    /**
     * A file that can run or carry code, or that has a deceptive name; of a sign-in, a risk that is called high; of a
     * started program, that it is not signed, or that its signature is revoked or not valid.
     */
    static final int RISKY = 1 << 9;

    /**
     * A file that can do nothing, or a download that is not finished; of an execution, a program that a known publisher
     * signed, or an archive tool.
     */
    static final int HARMLESS = 1 << 10;

    /** An execution that only made a file ready to run. */
    static final int PREPARED = 1 << 11;

    /** A command that a person typed or pasted. */
    static final int PASTED = 1 << 12;

    /** An inferred click. */
    static final int WEAK_CLICK = 1 << 13;

    /** The time is of the host's own clock. */
    static final int HOST_CLOCK = 1 << 14;

    /** A write for which no mark of another origin is awaited any more. */
    static final int SETTLED = 1 << 15;

    /**
     * A write by a program that is known and that nobody saves downloads with: an installer, a service, a script; of an
     * execution, an archive tool that no known publisher signed.
     */
    static final int NO_DOWNLOADER = 1 << 16;

    /**
     * A bare address of which no URL was seen: a sensor that names what it sees may know the same place by its name.
     */
    static final int ADDRESS_ALONE = 1 << 17;

    /** A connection to a trusted place that hands out programs; of no chain, but a file may be from there instead. */
    static final int DISTRIBUTOR = 1 << 18;

    /** A request that sent a form. */
    static final int POSTED = 1 << 19;

    /** The address of a click or request speaks of signing in. */
    static final int SIGN_IN_PAGE = 1 << 20;

    /** The name of the place imitates a known one. */
    static final int IMITATES = 1 << 21;

    /** All traits. */
    static final int TRAITS = (1 << 22) - 1;

    /**
     * The file of a write.
     *
     * @param path path
     * @param name last segment of the path
     * @param finalPath path behind a temporary name
     * @param finalName name behind a temporary name
     * @param hash SHA-256 of the content
     * @param source path that the file had before it was renamed to this one, else that of the archive which its folder
     *     would be of
     * @param folder of an unfinished download of which no name ever shows; else absent
     */
    record Written(long path, long name, long finalPath, long finalName, long hash, long source, long folder) {

        boolean isAt(long other) {
            return other != Fingerprint.ABSENT && (other == path || other == finalPath || other == source);
        }

        /** Whether the path is a name alone. */
        boolean hasNoFolder() {
            return path == name;
        }

        boolean isNamed(long other) {
            return other != Fingerprint.ABSENT && (other == name || other == finalName);
        }
    }

    /**
     * What an execution ran, or what was prepared to run.
     *
     * @param image path of the image, or of the file that was prepared
     * @param imageName last segment of that path
     * @param hash SHA-256 of the image
     * @param folder of the image, or of the first of the paths, where users can write there; on Linux alone
     * @param paths user-writable paths on the command line, the bundle of the image, or the file that was prepared
     * @param names last segments of these paths
     */
    record Run(long image, long imageName, long hash, long folder, long[] paths, long[] names) {

        static final int MAX_PATHS = 8;

        /** Whether the image or a path on the command line has this name. */
        boolean names(long name) {
            if (name == imageName) {
                return true;
            }
            for (long each : names) {
                if (each == name) {
                    return true;
                }
            }
            return false;
        }

        Run {
            if (paths.length != names.length || paths.length > MAX_PATHS) {
                throw new IllegalArgumentException("paths and names differ in number or are more than " + MAX_PATHS);
            }
        }
    }

    boolean plays(int role) {
        return (roles & role) != 0;
    }

    boolean is(int trait) {
        return (traits & trait) != 0;
    }

    /** Whether it is a write of a file that says where it came from, or which page led to it. */
    boolean namesOrigin() {
        return file != null && (tenant != null || referrer != null);
    }

    /** Whether it says of other writes where they may be from. */
    boolean speaksOfOthers() {
        return namesOrigin() || is(DISTRIBUTOR);
    }

    /** Whether it is known which process or application acted. */
    boolean knowsActor() {
        return process != Fingerprint.ABSENT || application != Fingerprint.ABSENT;
    }

    /**
     * Whether another event says the same but for its time and the file that its URL names: a connection made again, a
     * file written again. A page can request any number of files.
     */
    boolean repeats(ChainEvent other) {
        return run == null
                && other.run == null
                && roles == other.roles
                && (traits | SETTLED) == (other.traits | SETTLED)
                && score == other.score
                && user == other.user
                && process == other.process
                && opener == other.opener
                && application == other.application
                && Objects.equals(tenant, other.tenant)
                && Objects.equals(referrer, other.referrer)
                && vendor == other.vendor
                && Objects.equals(file, other.file);
    }

    ChainEvent arrivedAt(long streamTime) {
        return with(streamTime, traits);
    }

    /** This write, for which no mark is awaited any more. */
    ChainEvent settled() {
        return with(arrived, traits | SETTLED);
    }

    private ChainEvent with(long newArrived, int newTraits) {
        return new ChainEvent(
                id,
                time,
                newArrived,
                roles,
                newTraits,
                score,
                user,
                process,
                opener,
                application,
                tenant,
                referrer,
                file,
                run,
                vendor,
                urlName);
    }

    /** A started program that is not signed, or whose signature is revoked or not valid. */
    boolean isBadlySigned() {
        return is(RISKY) && !is(PREPARED) && !is(HARMLESS);
    }

    /** A started program that a known publisher signed. */
    boolean isOfKnownPublisher() {
        return is(HARMLESS) && !is(NO_DOWNLOADER);
    }
}
