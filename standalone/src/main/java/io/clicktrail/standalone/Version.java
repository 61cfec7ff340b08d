package io.clicktrail.standalone;

import picocli.CommandLine.IVersionProvider;

/** The version that the build wrote into the jar. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Clicktrail.class.getPackage().getImplementationVersion();
        return new String[] {"clicktrail " + (version == null ? "from its sources" : version)};
    }
}
