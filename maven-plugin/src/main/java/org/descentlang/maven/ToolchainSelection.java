package org.descentlang.maven;

import org.apache.maven.execution.MavenSession;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.toolchain.MisconfiguredToolchainException;
import org.apache.maven.toolchain.ToolchainFactory;
import org.apache.maven.toolchain.ToolchainManagerPrivate;
import org.apache.maven.toolchain.model.ToolchainModel;
import org.codehaus.plexus.util.xml.Xpp3Dom;
import org.descentlang.maven.command.Jdk;

/** Makes a JDK the one that javac, the tests and other plugins of the build take, as maven-toolchains-plugin does. */
record ToolchainSelection(ToolchainManagerPrivate toolchains, ToolchainFactory factory) {
    void select(Jdk jdk, MavenSession session) throws MojoFailureException {
        var home = new Xpp3Dom("jdkHome");
        home.setValue(jdk.home().toString());
        var configuration = new Xpp3Dom("configuration");
        configuration.addChild(home);
        var model = new ToolchainModel();
        model.setType("jdk");
        model.addProvide("version", Integer.toString(jdk.feature()));
        model.setConfiguration(configuration);
        try {
            toolchains.storeToolchainToBuildContext(factory.createToolchain(model), session);
        } catch (MisconfiguredToolchainException e) {
            throw new MojoFailureException("The JDK in " + jdk.home() + " cannot be used: " + e.getMessage(), e);
        }
    }
}
