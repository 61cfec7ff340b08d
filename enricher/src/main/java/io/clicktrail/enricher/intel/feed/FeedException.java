package io.clicktrail.enricher.intel.feed;

/** A file that is no feed of the form it was taken for. */
public final class FeedException extends Exception {

    FeedException(String message) {
        super(message);
    }
}
