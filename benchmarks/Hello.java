/** What a JVM takes to do nothing: the measure of each command of devca. */
public final class Hello {
  private Hello() {}

  public static void main(String[] args) {
    System.out.println("hello");
  }
}
