package dev.devca.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.devca.ca.CertificateAuthority;
import dev.devca.truststore.TrustStores;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.lang.reflect.WildcardType;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the libraries show to others is theirs or the JDK's: no type of a dependency. */
class PublicApiTest {
  private static final Set<String> OWN = Set.of("dev.devca.ca", "dev.devca.truststore");

  @ParameterizedTest
  @ValueSource(classes = {CertificateAuthority.class, TrustStores.class})
  void signatures_ofAnExportedPackage_nameNoForeignType(Class<?> entry) throws Exception {
    List<Class<?>> types = publicTypes(entry);
    assertThat(types).contains(entry).hasSizeGreaterThan(10);

    Set<String> foreign = new TreeSet<>();
    for (Class<?> type : types) {
      List<Type> named = new ArrayList<>(List.of(type.getGenericInterfaces()));
      if (type.getGenericSuperclass() != null) {
        named.add(type.getGenericSuperclass());
      }
      for (Field field : type.getDeclaredFields()) {
        if (isShown(field)) {
          named.add(field.getGenericType());
        }
      }
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        if (isShown(constructor)) {
          named.addAll(List.of(constructor.getGenericParameterTypes()));
          named.addAll(List.of(constructor.getGenericExceptionTypes()));
        }
      }
      for (Method method : type.getDeclaredMethods()) {
        if (isShown(method)) {
          named.add(method.getGenericReturnType());
          named.addAll(List.of(method.getGenericParameterTypes()));
          named.addAll(List.of(method.getGenericExceptionTypes()));
        }
      }
      named.stream()
          .flatMap(PublicApiTest::classes)
          .filter(PublicApiTest::isForeign)
          .forEach(bad -> foreign.add(type.getName() + " names " + bad.getName()));
    }
    assertThat(foreign).isEmpty();
  }

  private static List<Class<?>> publicTypes(Class<?> entry)
      throws IOException, URISyntaxException, ClassNotFoundException {
    Path place = Path.of(entry.getProtectionDomain().getCodeSource().getLocation().toURI());
    String folder = entry.getPackageName().replace('.', '/');
    if (Files.isDirectory(place)) {
      return publicTypes(entry, place.resolve(folder));
    }
    // In a build that goes beyond its tests, a library is a jar.
    try (FileSystem jar = FileSystems.newFileSystem(place)) {
      return publicTypes(entry, jar.getPath(folder));
    }
  }

  private static List<Class<?>> publicTypes(Class<?> entry, Path folder)
      throws IOException, ClassNotFoundException {
    List<Class<?>> types = new ArrayList<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = file.getFileName().toString();
        if (name.endsWith(".class") && !name.equals("package-info.class")) {
          Class<?> type =
              Class.forName(entry.getPackageName() + "." + name.substring(0, name.length() - 6));
          if (isReachable(type)) {
            types.add(type);
          }
        }
      }
    }
    return types;
  }

  private static boolean isReachable(Class<?> type) {
    return (Modifier.isPublic(type.getModifiers()) || Modifier.isProtected(type.getModifiers()))
        && (type.getEnclosingClass() == null || isReachable(type.getEnclosingClass()));
  }

  private static boolean isShown(Member member) {
    return !member.isSynthetic()
        && (Modifier.isPublic(member.getModifiers())
            || Modifier.isProtected(member.getModifiers()));
  }

  private static boolean isForeign(Class<?> type) {
    return !type.isPrimitive()
        && !type.getModule().equals(Object.class.getModule())
        && !(OWN.contains(type.getPackageName()) && isReachable(type));
  }

  private static Stream<Class<?>> classes(Type type) {
    if (type instanceof Class<?> c) {
      return Stream.of(c.isArray() ? c.getComponentType() : c);
    }
    if (type instanceof ParameterizedType generic) {
      return Stream.concat(
          classes(generic.getRawType()),
          Stream.of(generic.getActualTypeArguments()).flatMap(PublicApiTest::classes));
    }
    if (type instanceof WildcardType wildcard) {
      return Stream.concat(
              Stream.of(wildcard.getUpperBounds()), Stream.of(wildcard.getLowerBounds()))
          .flatMap(PublicApiTest::classes);
    }
    if (type instanceof GenericArrayType array) {
      return classes(array.getGenericComponentType());
    }
    return Stream.of(((TypeVariable<?>) type).getBounds()).flatMap(PublicApiTest::classes);
  }
}
