package dev.backstop.it;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Skips a class, and says so, where rbldnsd is not installed. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresRbldnsd.Condition.class)
@interface RequiresRbldnsd {

  /** Looks for it. */
  final class Condition implements ExecutionCondition {
    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      if (Files.isExecutable(Path.of("/usr/sbin/rbldnsd"))) {
        return ConditionEvaluationResult.enabled("rbldnsd is there");
      }
      String missing = "rbldnsd is not installed (on Debian: apt-get install rbldnsd)";
      System.err.println("SKIPPED " + context.getDisplayName() + ": " + missing);
      return ConditionEvaluationResult.disabled(missing);
    }
  }
}
