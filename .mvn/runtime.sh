# Sourced by ./run and ./bench after jdk25.sh: builds the local runtime if something has changed.

target=$PWD/infra/local/target
jar=$target/statuswire.jar
built=$target/built
cache=$target/statuswire.aot
main=dev.statuswire.local.Main
options=(--enable-native-access=ALL-UNNAMED)

# Succeeds if a source in the folders "$@" is newer than the last build, or if there was no build.
has_changed() {
  [ ! -e "$built" ] || [ -n "$(find pom.xml "$@" \
    \( -name target -o -name node_modules -o -path '*/src/test' \) -prune -o \
    \( -type f -o -type d -path '*/src/*' \) -newer "$built" -print -quit)" ]
}

# Builds the module "$1" and its dependencies. Passes the other arguments to Maven.
build() {
  local module=$1
  shift
  need_build_tools
  mkdir -p "$target"
  touch "$target/building"
  echo "statuswire: building; the first build takes some minutes, mostly for downloads ..." >&2
  if ! "$MVN" -B -ntp -pl "$module" -am package -DskipTests "$@" >"$target/build.log" 2>&1; then
    grep ERROR "$target/build.log" | head -20 >&2
    fail "the build failed; see $target/build.log"
  fi
  prepare_quick_start
  echo "$JAVA_HOME" >"$target/jdk25"
  mv "$target/building" "$built"
}

# Runs the runtime briefly, so that the JVM can write its AOT cache with the loaded and linked classes.
prepare_quick_start() {
  echo "statuswire: creating the AOT cache for faster starts ..." >&2
  rm -f "$cache"
  "$JAVA_HOME/bin/java" "${options[@]}" -XX:AOTCacheOutput="$cache" -cp "$jar" "$main" \
    --rehearse --in-memory --port 0 --dynamodb-port 0 >"$target/rehearsal.log" 2>&1 ||
    echo "statuswire: could not create the AOT cache, so starts will take longer; see $target/rehearsal.log" >&2
}
