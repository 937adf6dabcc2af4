/** The command line, progress, consoles. */
module org.continuo.cli {
  requires org.continuo.api;
  requires org.continuo.checkpoints;
  requires org.continuo.core;
  requires org.continuo.results;
  requires org.continuo.suite;
  requires ai.djl.api;
  requires com.fasterxml.jackson.databind;
  requires info.picocli;
  requires java.compiler;
  requires java.logging;
  requires jdk.management;
  requires me.tongfei.progressbar;

  opens org.continuo.cli to
      info.picocli;
}
