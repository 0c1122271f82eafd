# Sourced by the scripts: finds JDK 25 and the build tools, or fails with one line about what is missing.

fail() {
  echo "statuswire: $*" >&2
  exit 2
}

is_jdk25() {
  [ -x "$1/bin/javac" ] && "$1/bin/java" -XshowSettings:properties -version 2>&1 |
    grep -q 'java.specification.version = 25$'
}

# Prints the first JDK 25 of STATUSWIRE_JDK, JAVA_HOME and the usual folders of JDKs.
find_jdk25() {
  local candidate
  for candidate in "${STATUSWIRE_JDK:-}" "${JAVA_HOME:-}" "${JAVA_HOME_25_X64:-}" \
    /usr/lib/jvm/*25* "$HOME"/.sdkman/candidates/java/25* "$HOME"/.jdks/*25* \
    /Library/Java/JavaVirtualMachines/*25*/Contents/Home /opt/*jdk*25*; do
    if [ -n "$candidate" ] && is_jdk25 "$candidate"; then
      (cd "$candidate" && pwd)
      return
    fi
  done
}

use_jdk25() {
  # A faster start: reuse the JDK of the last build if it still exists.
  local known=infra/local/target/jdk25
  if [ -z "${STATUSWIRE_JDK:-}" ] && [ -r "$known" ] && [ -x "$(cat "$known")/bin/java" ]; then
    JAVA_HOME=$(cat "$known")
  else
    JAVA_HOME=$(find_jdk25)
  fi
  [ -n "$JAVA_HOME" ] || fail "JDK 25 not found; install it (for example Temurin 25), or set JAVA_HOME to its folder"
  export JAVA_HOME
}

# Checks the tools that a build needs in addition to the JDK, and sets MVN and MAVEN_OPTS.
need_build_tools() {
  local tool wanted="install Node 20.19 or later, or 22.12 or later, with npm"
  for tool in node npm; do
    command -v "$tool" >/dev/null || fail "$tool is missing; $wanted"
  done
  node -e 'const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19) ? 0 : 1)' ||
    fail "node $(node --version) is not supported; $wanted"
  use_maven
}

# Sets MVN and MAVEN_OPTS.
use_maven() {
  if command -v mvn >/dev/null; then MVN=mvn; else MVN=./mvnw; fi
  # The first two options silence warnings of JDK 25 about Maven's libraries. A build is too short to
  # benefit from the C2 compiler, and the serial collector uses the least CPU time.
  MAVEN_OPTS="--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED ${MAVEN_OPTS:-}"
  export MAVEN_OPTS="-XX:TieredStopAtLevel=1 -XX:+UseSerialGC -XX:MetaspaceSize=256m $MAVEN_OPTS"
}
