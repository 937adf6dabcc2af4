package org.continuo.moecl;

import ai.djl.ndarray.NDArray;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.continuo.api.data.Batch;
import org.continuo.api.data.Task;
import org.continuo.api.learning.Adversary;
import org.continuo.api.learning.Contribution;
import org.continuo.api.learning.Host;
import org.continuo.api.learning.Strategy;
import org.continuo.api.model.Expert;
import org.continuo.api.model.Mixture;
import org.continuo.api.model.Router;
import org.continuo.api.model.Site;
import org.continuo.api.model.Wiring;
import org.continuo.api.tensor.Param;
import org.continuo.api.tensor.Tensors;
import org.continuo.methods.pool.Tasks;
import org.continuo.moecl.diagnostics.ExpertDiagnostics;
import org.continuo.moecl.drift.DriftOptions;
import org.continuo.moecl.drift.Pull;
import org.continuo.moecl.identify.Identification;
import org.continuo.moecl.identify.Identifications;

/**
 * A shared expert E_0 for what tasks have in common and a dedicated expert E_t for each task t,
 * mixed at every feed-forward block: {@code y = g_0 E_0(x) + g_t E_t(x)}. E_t is made when its task
 * arrives and frozen when it ends; what all tasks share trains on.
 */
final class MoeCl implements Strategy {
  private static final int EXPERTS = 2;
  private static final Router EVEN = new Router.Constant(List.of(0.5, 0.5));

  private final MoeClOptions options;
  private final Host host;
  private final List<Site> sites;
  private final List<Site> blocks;
  private final List<Place> places = new ArrayList<>();
  private final Pull pull;
  private final Identification identification;
  private final Map<String, Router> routers = new HashMap<>();

  MoeCl(MoeClOptions options, Host host) {
    this.options = options;
    this.host = host;
    sites = host.backbone().linear(options.sites());
    blocks =
        host.backbone().sites(Site.Kind.FEED_FORWARD).stream()
            .filter(block -> sites.stream().anyMatch(site -> site.inside(block)))
            .toList();
    places.add(new Place("router", blocks));
    List<Site> outside = sites.stream().filter(s -> blocks.stream().noneMatch(s::inside)).toList();
    if (!outside.isEmpty()) {
      places.add(new Place("attention router", outside));
    }
    pull = new Pull(options.drift(), host);
    identification =
        Identifications.of(
            options.identify(),
            new Identifications.Learned(host, this::wire, task -> adversary(shared(task))));
  }

  /**
   * {@code L = L_task + w L_adversary}: the shared expert, the task's own, the router and C train.
   */
  @Override
  public Contribution contribute(Task task) {
    Expert shared = shared(task.name());
    Expert dedicated = dedicated(task.name());
    Adversary adversary = adversary(shared);
    return Contribution.builder()
        .train(shared.params())
        .train(dedicated.params())
        .train(routers(task.name()))
        .trainWith(other -> wire(shared, other))
        .include(adversary.contribute(task))
        .include(pull.contribute(task, sharedByAll(task.name())))
        .beforeTask(() -> startFromSnapshot(task))
        .include(identification.contribute(task))
        .include(
            new ExpertDiagnostics(
                    host,
                    new ExpertDiagnostics.Subject(shared, dedicated, blocks, adversary),
                    other -> wire(shared, other),
                    options.diagnosticsEvery(),
                    options.diagnosticsProbe())
                .contribute(task))
        .build();
  }

  @Override
  public Optional<Wiring> wiring(Optional<String> task) {
    return Optional.of(task.map(this::wire).orElse(Wiring.NONE));
  }

  @Override
  public Optional<List<String>> identify(Batch batch) {
    List<Task> seen = host.seen();
    return seen.isEmpty() ? Optional.empty() : Optional.of(identification.identify(batch, seen));
  }

  private Wiring wire(String task) {
    return Tasks.has(host.seen(), task) ? wire(shared(task), task) : unseen();
  }

  /** {@code y = g_0 E_0(x) + g_t E_t(x)}. */
  private Wiring wire(Expert shared, String task) {
    return mix(List.of(shared, dedicated(task)), place -> router(place, task));
  }

  /** A task not met yet has no expert and no router: the frozen block stands in for E_t. */
  private Wiring unseen() {
    return mix(
        List.of(latestShared(), Expert.NONE),
        place -> options.router().perTask() ? EVEN : router(place, ""));
  }

  private Wiring mix(List<Expert> experts, Function<Place, Router> router) {
    return new Wiring(
        places.stream().map(p -> new Mixture(p.sites, experts, router.apply(p))).toList(),
        List.of());
  }

  /**
   * Sites with a router of their own.
   *
   * @param router its name
   */
  private record Place(String router, List<Site> sites) {}

  // ---- experts

  private Expert shared(String task) {
    return expert(snapshots() ? "shared/" + task : "shared");
  }

  private Expert dedicated(String task) {
    return expert("task/" + task);
  }

  private Expert expert(String name) {
    return host.expert(name, options.expert(), sites);
  }

  private Expert latestShared() {
    List<Task> seen = host.seen();
    return snapshots() && seen.isEmpty()
        ? Expert.NONE
        : shared(seen.isEmpty() ? "" : seen.get(seen.size() - 1).name());
  }

  // ---- drift

  private boolean snapshots() {
    return options.drift().control() == DriftOptions.Control.SNAPSHOT;
  }

  /** The shared expert of a task goes on from that of the task before. */
  private void startFromSnapshot(Task task) {
    List<Task> seen = host.seen();
    int place = seen.indexOf(task);
    if (!snapshots() || place < 1) {
      return;
    }
    List<Param> from = shared(seen.get(place - 1).name()).params();
    List<Param> to = shared(task.name()).params();
    Map<String, NDArray> values = new HashMap<>();
    for (int i = 0; i < to.size(); i++) {
      values.put(to.get(i).name(), from.get(i).value());
    }
    host.assign(new Tensors(values));
  }

  /** What all tasks use: the shared expert, and the router unless each task has its own. */
  private List<Param> sharedByAll(String task) {
    List<Param> shared = new ArrayList<>(shared(task).params());
    if (!options.router().perTask()) {
      shared.addAll(routers(task));
    }
    return shared;
  }

  // ---- router and adversary

  private Router router(Place place, String task) {
    String name = options.router().perTask() ? place.router + "/" + task : place.router;
    return routers.computeIfAbsent(
        name, made -> options.router().create(made, place.sites, EXPERTS, host));
  }

  private List<Param> routers(String task) {
    return places.stream().flatMap(place -> router(place, task).params().stream()).toList();
  }

  private Adversary adversary(Expert shared) {
    return options.adversary().create(shared, blocks, host);
  }
}
