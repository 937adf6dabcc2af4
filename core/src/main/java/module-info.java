/** One experiment: plugins, plan, run and its results. */
@SuppressWarnings("module") // suite, command line and testkit are built after this module
module org.continuo.core {
  requires org.continuo.api;
  requires org.continuo.checkpoints;
  requires org.continuo.results;
  requires ai.djl.api;
  requires com.fasterxml.jackson.databind;
  requires com.google.guice;
  requires jakarta.inject;
  requires java.logging;
  requires jdk.management;
  requires org.apache.commons.text;
  requires org.slf4j;
  requires typesafe.config;
  // what automatic modules (Guice, DJL) need and cannot say
  requires com.google.common;
  requires jdk.unsupported;

  // for the floors above, and for the testkit, which is no part of the program
  exports org.continuo.core.checkpoint to
      org.continuo.suite;
  exports org.continuo.core.config to
      org.continuo.suite,
      org.continuo.cli,
      org.continuo.testkit;
  exports org.continuo.core.engine to
      org.continuo.cli;
  exports org.continuo.core.evaluate to
      org.continuo.suite,
      org.continuo.cli,
      org.continuo.testkit;
  exports org.continuo.core.experiment to
      org.continuo.suite,
      org.continuo.cli,
      org.continuo.testkit;
  exports org.continuo.core.files to
      org.continuo.suite,
      org.continuo.cli,
      org.continuo.testkit;
  exports org.continuo.core.plan to
      org.continuo.suite,
      org.continuo.cli,
      org.continuo.testkit;
  exports org.continuo.core.plugin to
      org.continuo.suite,
      org.continuo.cli,
      org.continuo.testkit;
  exports org.continuo.core.run to
      org.continuo.suite,
      org.continuo.cli,
      org.continuo.testkit;
  exports org.continuo.core.text to
      org.continuo.suite,
      org.continuo.cli;
  exports org.continuo.core.train to
      org.continuo.suite,
      org.continuo.testkit;

  uses org.continuo.api.plugin.Plugin;

  opens org.continuo.core.evaluate to
      com.google.guice;
  opens org.continuo.core.experiment to
      com.google.guice;
  opens org.continuo.core.plan to
      com.google.guice;
  opens org.continuo.core.run to
      com.google.guice;
  opens org.continuo.core.train to
      com.google.guice;
}
