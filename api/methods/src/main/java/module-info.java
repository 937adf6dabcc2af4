/** What methods of continual learning share. A strategy takes from it what it needs. */
module org.continuo.methods {
  requires transitive org.continuo.api;
  requires ojalgo;

  exports org.continuo.methods.algebra;
  exports org.continuo.methods.distillation;
  exports org.continuo.methods.features;
  exports org.continuo.methods.fisher;
  exports org.continuo.methods.memory;
  exports org.continuo.methods.pool;
  exports org.continuo.methods.pull;
  exports org.continuo.methods.similarity;

  // records of options, which the host fills in
  opens org.continuo.methods.memory;
}
