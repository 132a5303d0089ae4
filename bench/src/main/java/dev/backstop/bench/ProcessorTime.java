package dev.backstop.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Processor time an operation, of the whole Java: compiler and collector count, other programs on
 * the machine do not. {@code -prof dev.backstop.bench.ProcessorTime}
 */
public final class ProcessorTime implements InternalProfiler {
  private long before;

  @Override
  public String getDescription() {
    return "processor time of the process an operation";
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    before = now();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    double micros = (now() - before) / 1000.0 / result.getMetadata().getAllOps();
    return List.of(new ScalarResult("cpu", micros, "us/op", AggregationPolicy.AVG));
  }

  private static long now() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime();
  }
}
