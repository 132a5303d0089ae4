package dev.backstop.it.gateway;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Skips a class, and says so, where programs are not on the path. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresProgram.Condition.class)
@interface RequiresProgram {
  /** Their names. */
  String[] value();

  /** Looks for them. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String[] wanted =
          AnnotationSupport.findAnnotation(context.getRequiredTestClass(), RequiresProgram.class)
              .orElseThrow()
              .value();
      String missing =
          Arrays.stream(wanted).filter(name -> !isThere(name)).collect(Collectors.joining(", "));
      if (missing.isEmpty()) {
        return ConditionEvaluationResult.enabled("all are there");
      }
      System.err.println("SKIPPED " + context.getDisplayName() + ": needs " + missing);
      return ConditionEvaluationResult.disabled("needs " + missing);
    }

    private static boolean isThere(String name) {
      return Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":", -1))
          .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }
  }
}
