package dev.backstop.house;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.InetAddress;
import java.time.Clock;
import java.time.temporal.Temporal;
import java.util.Arrays;
import java.util.Date;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The arrows of docs/decisions/0001: who may know whom, and where each library stops. */
class ArchitectureTest {
  private static final String[] NO_IO = {
    "dev.backstop.mail..", "dev.backstop.auth..", "dev.backstop.bounce.."
  };
  private static JavaClasses classes;

  @BeforeAll
  static void read() {
    classes =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.backstop");
    assertThat(classes).isNotEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "mail, mail",
    "dns, dns",
    "auth, mail dns auth",
    "bounce, mail dns auth bounce",
    "store, mail bounce store",
    "edge, mail bounce edge",
    "testkit, mail dns testkit",
    "server, mail dns auth bounce store edge server",
  })
  void arrowsNeverTurnBack(String module, String known) {
    String[] allowed =
        Arrays.stream(known.split(" "))
            .map(name -> "dev.backstop." + name + "..")
            .toArray(String[]::new);
    noClasses()
        .that()
        .resideInAPackage("dev.backstop." + module + "..")
        .should()
        .dependOnClassesThat(
            resideInAPackage("dev.backstop..").and(not(resideInAnyPackage(allowed))))
        .allowEmptyShould(true)
        .check(classes);
  }

  @Test
  void noCyclesBetweenPackages() {
    slices().matching("dev.backstop.(**)").should().beFreeOfCycles().check(classes);
  }

  @ParameterizedTest
  @CsvSource({
    "DNS, org.xbill.., dev.backstop.dns.. dev.backstop.testkit.dns..",
    "JNDI, javax.naming.., nobody",
    "JDBC, java.sql.. javax.sql.. org.sqlite.. org.postgresql.., dev.backstop.store..",
    "LDAP, com.unboundid.., dev.backstop.server.recipients.ldap..",
    "HTTP, com.sun.net.httpserver.., dev.backstop.server.web..",
    "TOML, tools.jackson.dataformat.., dev.backstop.server.config..",
    "JSON, tools.jackson.. com.fasterxml.jackson.., dev.backstop.server.. dev.backstop.cli..",
    "metrics, io.prometheus.., dev.backstop.server..",
    "command line, picocli.., dev.backstop.cli..",
    "log writer, ch.qos.logback.., dev.backstop.cli.log..",
  })
  void eachLibraryStopsAtItsBorder(String what, String library, String home) {
    noClasses()
        .that()
        .resideOutsideOfPackages(home.split(" "))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library.split(" "))
        .as(what + " stops at " + home)
        .check(classes);
  }

  @Test
  void readingAndJudgingDoNoInputOrOutput() {
    noClasses()
        .that()
        .resideInAnyPackage(NO_IO)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.nio.file..", "java.nio.channels..", "java.net.http..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("java\\.net\\.(.*Socket.*|URL.*)|java\\.io\\.(File.*|RandomAccessFile)")
        .check(classes);
  }

  @Test
  void readingAndJudgingAskNoNameServer() {
    noClasses()
        .that()
        .resideInAnyPackage(NO_IO)
        .should()
        .callMethodWhere(
            call(
                "look up a name",
                InetAddress.class,
                Set.of("getByName", "getAllByName", "getHostName", "getCanonicalHostName")))
        .check(classes);
  }

  @Test
  void judgingHasNoClock() {
    noClasses()
        .that()
        .resideInAPackage("dev.backstop.bounce..")
        .should()
        .callMethodWhere(call("read the clock", Temporal.class, Set.of("now")))
        .orShould()
        .callMethodWhere(
            call("read the clock", System.class, Set.of("currentTimeMillis", "nanoTime")))
        .orShould()
        .callConstructor(Date.class)
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Clock.class)
        .check(classes);
  }

  private static DescribedPredicate<JavaMethodCall> call(
      String what, Class<?> owner, Set<String> names) {
    return DescribedPredicate.describe(
        what,
        call ->
            call.getTargetOwner().isAssignableTo(owner)
                && names.contains(call.getTarget().getName()));
  }
}
