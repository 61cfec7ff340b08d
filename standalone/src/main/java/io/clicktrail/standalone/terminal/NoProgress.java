package io.clicktrail.standalone.terminal;

/** Shows nothing, for waits that are part of longer work. */
final class NoProgress implements Progress {

    @Override
    public void at(long done) {}

    @Override
    public void close() {}
}
