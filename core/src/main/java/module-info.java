/** The host: plugins, experiment plan, run, results and the command line. */
@SuppressWarnings("module") // the testkit is built after this module
module org.continuo.core {
  requires org.continuo.api;
  requires org.continuo.checkpoints;
  requires ai.djl.api;
  requires com.fasterxml.jackson.databind;
  requires com.google.guice;
  requires de.siegmar.fastcsv;
  requires info.picocli;
  requires jakarta.inject;
  requires java.compiler;
  requires java.logging;
  requires jdk.management;
  requires org.apache.commons.statistics.descriptive;
  requires org.apache.commons.statistics.distribution;
  requires org.apache.commons.statistics.inference;
  requires org.apache.commons.statistics.ranking;
  requires org.apache.commons.text;
  requires org.slf4j;
  requires me.tongfei.progressbar;
  requires typesafe.config;
  // what automatic modules (Guice, DJL) need and cannot say
  requires com.google.common;
  requires jdk.unsupported;

  // runs experiments in the tests of plugin authors, and is no part of the program
  exports org.continuo.core.config to
      org.continuo.testkit;
  exports org.continuo.core.evaluate to
      org.continuo.testkit;
  exports org.continuo.core.experiment to
      org.continuo.testkit;
  exports org.continuo.core.plan to
      org.continuo.testkit;
  exports org.continuo.core.plugin to
      org.continuo.testkit;
  exports org.continuo.core.run to
      org.continuo.testkit;

  uses org.continuo.api.plugin.Plugin;

  opens org.continuo.core.cli to
      info.picocli;
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
