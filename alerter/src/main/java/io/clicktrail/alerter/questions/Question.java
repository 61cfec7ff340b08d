package io.clicktrail.alerter.questions;

/** What an analyst asks of a chain. The ids are stable. */
enum Question {
    Q1("Did the user click, and from what (mail, chat, document, search)?", "Tells a user's act from a program's."),
    Q2("Which message or page carried the link, and who else got it?", "Finds the others before they click."),
    Q3("Where did the chain of redirects end?", "The last host served the file; the first one is often innocent."),
    Q4(
            "Is the final host new, and is it a tenant of shared hosting?",
            "New hosts are rarely business; shared ones must not be blocked as a whole."),
    Q5("Were credentials typed?", "Then the password must be reset and sessions revoked."),
    Q6(
            "What was written, and does it carry the mark of a download?",
            "Type, hash and mark tell how dangerous the file is."),
    Q7(
            "Was it executed, by whom, with what parent, and is it signed?",
            "Decides between blocking a link and treating a host."),
    Q8("What did it do next?", "Persistence and further downloads outlive the first process."),
    Q9(
            "How common are this domain and this hash here, and since when?",
            "What many have used for long is rarely an attack."),
    Q10("Are there earlier cases of this user or host in 30 days?", "Repeated cases point at a target or at noise."),
    Q11("Is it sanctioned (phishing simulation, red team, software deployment)?", "Saves an hour, if it is."),
    Q12(
            "Is containment proportional (server, watched account, shared host)?",
            "Isolation of the wrong device costs more than the attack."),
    Q13(
            "Do other security products alert on this host or file?",
            "A second opinion, and what happened after the click."),
    Q14("Which other hosts and users contacted the site?", "They may need the same treatment."),
    Q15("Is the content of the file what its extension promises?", "A mismatch is made to deceive.");

    private final String text;
    private final String why;

    Question(String text, String why) {
        this.text = text;
        this.why = why;
    }

    String text() {
        return text;
    }

    String why() {
        return why;
    }
}
