/** Contract tests and tiny runs for those who write plugins. */
module org.continuo.testkit {
  requires transitive org.continuo.api;
  requires transitive org.continuo.results;
  requires transitive org.junit.jupiter.api;
  requires org.continuo.core;
  requires ai.djl.api;

  exports org.continuo.testkit;

  // JUnit calls the tests of a contract, the host fills in options
  opens org.continuo.testkit;
}
