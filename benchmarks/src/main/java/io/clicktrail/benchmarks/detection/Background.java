package io.clicktrail.benchmarks.detection;

import io.clicktrail.benchmarks.detection.host.Activity;
import io.clicktrail.benchmarks.detection.host.OperatingSystem;
import io.clicktrail.benchmarks.detection.host.Program;
import java.util.Locale;
import java.util.SplittableRandom;

/** What an ordinary desk does all day: pages that everybody reads, mail, documents, programs of the system. */
final class Background {
    private final Session session;
    private final Places places;
    private final SplittableRandom random;

    Background(Session session, Places places) {
        this.session = session;
        this.places = places;
        random = session.machine().random();
    }

    /** One thing of many. */
    void act() {
        int choice = random.nextInt(100);
        if (choice < 50) {
            browse();
        } else if (choice < 65) {
            program();
        } else if (choice < 80) {
            poll();
        } else if (choice < 93) {
            document();
        } else if (choice < 97) {
            newSite();
        } else {
            paper();
        }
    }

    private void browse() {
        String site = "https://" + RandomChoice.any("known_sites", random);
        session.page(site + "/" + RandomChoice.any("words", random), "", null);
        for (int i = random.nextInt(3); i > 0; i--) {
            session.pause(0.2, 3);
            session.page("https://" + RandomChoice.any("known_sites", random) + "/", site + "/", null);
        }
    }

    /** A site that nobody here has seen, reached from a search. */
    private void newSite() {
        Place place = places.of(random.nextInt(4) == 0 ? DomainKind.RISKY : DomainKind.NEW);
        session.page(place.base() + "/", "https://www.google.com/", null);
        session.pause(3, 30);
        session.request(
                session.connector(), place.base() + "/a.png", place.base() + "/", "image/png", 30_000, "", "", null);
    }

    private void paper() {
        String site = "https://" + RandomChoice.any("known_sites", random);
        String name = RandomChoice.any("lures", random) + random.nextInt(1000) + ".pdf";
        String separator = session.machine().system() == OperatingSystem.WINDOWS ? "\\" : "/";
        session.request(
                session.connector(), site + "/" + name, site + "/", "application/pdf", 300_000, name, hash(), null);
        session.pause(0.2, 1);
        session.save(session.downloads() + separator + name, site + "/" + name, site + "/", hash());
    }

    private String hash() {
        return session.machine().hex(64);
    }

    private void poll() {
        DesktopApplication mail = DesktopApplication.of(session.machine().system(), mail());
        session.request(
                session.application(mail), "https://outlook.office365.com/", "", "text/html", 4000, "", "", null);
    }

    private String mail() {
        return session.machine().system() == OperatingSystem.LINUX ? "thunderbird" : "outlook";
    }

    private void program() {
        String[] lines = RandomChoice.of(
                        "programs_" + session.machine().system().label())
                .toArray(String[]::new);
        String[] parts = lines[random.nextInt(lines.length)].split(" \\| ", 2);
        session.start(parts[0], parts.length > 1 ? parts[1] : parts[0], session.root());
    }

    private void document() {
        String name = capital(RandomChoice.any("words", random)) + random.nextInt(100);
        String home = session.home();
        switch (session.machine().system()) {
            case WINDOWS -> {
                Program word = session.start(
                        "C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE",
                        "\"C:\\Program Files\\Microsoft Office\\root\\Office16\\WINWORD.EXE\" /n \"" + home
                                + "\\Documents\\" + name + ".docx\"",
                        session.shell());
                session.pause(5, 60);
                write(word, home + "\\Documents\\~$" + name + ".docx");
            }
            case LINUX ->
                write(
                        session.start("/usr/bin/vim.basic", "vim notes/" + name + ".txt", session.terminal()),
                        home + "/notes/" + name + ".txt");
            case MACOS ->
                write(
                        session.application(DesktopApplication.of(OperatingSystem.MACOS, "word")),
                        home + "/Documents/" + name + ".docx");
        }
    }

    private static String capital(String word) {
        return word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1);
    }

    private void write(Program program, String path) {
        session.emit(new Activity.FileCreated(session.now(), program, path, hash()));
    }
}
