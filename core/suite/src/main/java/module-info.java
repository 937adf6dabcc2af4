/** Many experiments: suites, search, statistics, comparisons. */
@SuppressWarnings("module") // the command line is built after this module
module org.continuo.suite {
  requires org.continuo.api;
  requires org.continuo.core;
  requires org.continuo.results;
  requires de.siegmar.fastcsv;
  requires java.management;
  requires jdk.management;
  requires org.apache.commons.statistics.descriptive;
  requires org.apache.commons.statistics.distribution;
  requires org.apache.commons.statistics.inference;
  requires org.apache.commons.statistics.ranking;
  requires typesafe.config;

  exports org.continuo.suite to
      org.continuo.cli;
  exports org.continuo.suite.compare to
      org.continuo.cli;
  exports org.continuo.suite.result to
      org.continuo.cli;
  exports org.continuo.suite.run to
      org.continuo.cli;

  // the host fills in the options of suites
  opens org.continuo.suite to
      org.continuo.core;
}
