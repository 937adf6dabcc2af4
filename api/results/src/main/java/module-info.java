/** What a run, a suite, a comparison and an event say, and the files that hold it. */
module org.continuo.results {
  requires transitive org.continuo.api;
  requires com.fasterxml.jackson.annotation;
  requires com.fasterxml.jackson.core;
  requires com.fasterxml.jackson.databind;
  requires com.fasterxml.jackson.datatype.jdk8;

  exports org.continuo.results;

  // makes the records that it reads
  opens org.continuo.results to
      com.fasterxml.jackson.databind;
}
