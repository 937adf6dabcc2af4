/** Reports of runs. */
module org.continuo.reports {
  requires org.continuo.api;
  requires com.fasterxml.jackson.databind;
}
