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
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Skips a class, and says so, where no real Postfix can be started. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RequiresPostfix.Condition.class)
public @interface RequiresPostfix {

  /** Looks for Postfix and for the right to start it; shows all logs when a test fails. */
  final class Condition implements ExecutionCondition, TestExecutionExceptionHandler {
    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure)
        throws Throwable {
      System.err.println("FAILED " + context.getDisplayName() + "\n" + World.describeOpen());
      throw failure;
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
      String missing = missing();
      if (missing.isEmpty()) {
        return ConditionEvaluationResult.enabled("Postfix is there");
      }
      System.err.println("SKIPPED " + context.getDisplayName() + ": " + missing);
      return ConditionEvaluationResult.disabled(missing);
    }

    private static String missing() {
      if (!Files.exists(Path.of("/usr/share/postfix/master.cf.dist"))
          || !Files.isExecutable(Path.of("/usr/sbin/postfix"))) {
        return "Postfix is not installed (on Debian: apt-get install postfix)";
      }
      return "root".equals(System.getProperty("user.name")) ? "" : "starting Postfix needs root";
    }
  }
}
