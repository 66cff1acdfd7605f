package dev.devca.examples.spring;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application that knows nothing of devca. */
@SpringBootApplication(proxyBeanMethods = false)
@RestController
public class Application {

  /**
   * Starts the application.
   *
   * @param arguments those of Spring Boot
   */
  public static void main(String... arguments) {
    SpringApplication.run(Application.class, arguments);
  }

  /**
   * The only page.
   *
   * @return its text
   */
  @GetMapping("/")
  public String hello() {
    return "hello";
  }
}
