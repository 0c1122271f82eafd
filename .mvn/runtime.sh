# Sourced by ./run and ./bench, after jdk25.sh: builds the local runtime where something has changed.

target=$PWD/infra/local/target
jar=$target/statuswire.jar
built=$target/built
cache=$target/statuswire.aot
main=dev.statuswire.local.Main
options=(--enable-native-access=ALL-UNNAMED)

# Something of "$@" that is built from is newer than what was built from it.
has_changed() {
  [ ! -e "$built" ] || [ -n "$(find pom.xml "$@" \
    \( -name target -o -name node_modules -o -path '*/src/test' \) -prune -o \
    \( -type f -o -type d -path '*/src/*' \) -newer "$built" -print -quit)" ]
}

# Builds the module "$1" with all that it needs, the rest of "$@" being for Maven.
build() {
  local module=$1
  shift
  need_build_tools
  mkdir -p "$target"
  touch "$target/begun"
  echo "statuswire: compiles the modules and the page; the first time takes some minutes, most of them downloads ..." >&2
  if ! "$MVN" -B -ntp -pl "$module" -am package -DskipTests "$@" >"$target/build.log" 2>&1; then
    grep ERROR "$target/build.log" | head -20 >&2
    fail "the build failed; all of it is in $target/build.log"
  fi
  prepare_quick_start
  echo "$JAVA_HOME" >"$target/jdk25"
  mv "$target/begun" "$built"
}

# A short run of the whole, from which the JVM keeps what it loaded and linked.
prepare_quick_start() {
  echo "statuswire: prepares quick starts ..." >&2
  rm -f "$cache"
  "$JAVA_HOME/bin/java" "${options[@]}" -XX:AOTCacheOutput="$cache" -cp "$jar" "$main" \
    --rehearse --in-memory --port 0 --dynamodb-port 0 >"$target/rehearsal.log" 2>&1 ||
    echo "statuswire: that failed, see $target/rehearsal.log; starts will take longer" >&2
}
