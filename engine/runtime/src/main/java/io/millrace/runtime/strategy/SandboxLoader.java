package io.millrace.runtime.strategy;

import io.millrace.core.strategy.Budget;
import io.millrace.core.strategy.StrategyBundle;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.module.ModuleReference;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Defines the classes of one strategy, in a named module of their own, and shows them nothing but
 * the allow-list: neither the application's loader nor the platform's is a parent. It is the second
 * lock; the first is the scan, after which a strategy names nothing that this would refuse.
 */
final class SandboxLoader extends ClassLoader {
  /** Module of every strategy: opens of {@code ALL-UNNAMED} on the command line do not reach it. */
  static final String MODULE = "millrace.strategy";

  static {
    registerAsParallelCapable();
  }

  /** What the JVM needs to link lambdas and the like; the scan lets nobody name it. */
  private static final List<String> LINKAGE = List.of("java.lang.invoke.", "java.lang.runtime.");

  private final Map<String, byte[]> classes;
  private final Budget budget;

  private SandboxLoader(final Map<String, byte[]> classes, final Budget budget) {
    super(MODULE, null);
    this.classes = new TreeMap<>(classes);
    this.budget = budget;
  }

  /**
   * A loader of these classes.
   *
   * @param classes by name with dots; none in the unnamed package
   */
  static SandboxLoader of(final Map<String, byte[]> classes, final Budget budget) {
    final SandboxLoader loader = new SandboxLoader(classes, budget);
    final Set<String> packages = new TreeSet<>();
    classes.keySet().forEach(name -> packages.add(name.substring(0, name.lastIndexOf('.'))));
    final ModuleDescriptor descriptor =
        ModuleDescriptor.newOpenModule(MODULE).requires("java.base").packages(packages).build();
    final ModuleLayer boot = ModuleLayer.boot();
    final Configuration configuration =
        boot.configuration().resolve(new One(descriptor), ModuleFinder.of(), Set.of(MODULE));
    final ModuleLayer.Controller layer =
        ModuleLayer.defineModules(configuration, List.of(boot), name -> loader);
    layer.addReads(
        layer.layer().findModule(MODULE).orElseThrow(), StrategyBundle.class.getModule());
    return loader;
  }

  /** What its classes burn. */
  Budget budget() {
    return budget;
  }

  @Override
  protected Class<?> loadClass(final String name, final boolean resolve)
      throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      final Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      final byte[] bytes = classes.get(name);
      if (bytes != null) {
        return defineClass(name, bytes, 0, bytes.length);
      }
      if (Allowed.LIST.type(name.replace('.', '/'))
          || name.equals(Budget.class.getName())
          || name.equals(Guards.class.getName())
          || LINKAGE.stream().anyMatch(name::startsWith)) {
        return Class.forName(name, false, SandboxLoader.class.getClassLoader());
      }
      throw new ClassNotFoundException(name + " is not for strategies");
    }
  }

  @Override
  protected Class<?> findClass(final String moduleName, final String name) {
    try {
      return MODULE.equals(moduleName) ? loadClass(name, false) : null;
    } catch (final ClassNotFoundException e) {
      return null;
    }
  }

  @Override
  protected java.net.URL findResource(final String name) {
    return null;
  }

  /** A module that is in memory. */
  private record One(ModuleDescriptor descriptor) implements ModuleFinder {
    @Override
    public Optional<ModuleReference> find(final String name) {
      return name.equals(MODULE) ? Optional.of(reference()) : Optional.empty();
    }

    @Override
    public Set<ModuleReference> findAll() {
      return Set.of(reference());
    }

    private ModuleReference reference() {
      return new ModuleReference(descriptor, URI.create("strategy:///")) {
        @Override
        public ModuleReader open() {
          throw new UnsupportedOperationException("a strategy has no resources");
        }
      };
    }
  }
}
