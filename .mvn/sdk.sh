# Sourced by ./new-type after jdk25.sh: installs the SDK and the test kit in the local Maven repository.

# The modules that a project with a request type needs, directly or not.
sdk_modules=(backend/sdk backend/core backend/schema backend/processor infra/testkit)

# Prints the value of the property "$1" of pom.xml.
property() {
  sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" pom.xml
}

# Prints the folder of the project's artifacts in the local Maven repository.
installed_artifacts() {
  local given
  given=$(tr -s ' ' '\n' <<<"${MAVEN_OPTS:-}" | sed -n 's/^-Dmaven\.repo\.local=//p' | tail -1)
  if [ -z "$given" ] && [ -e ~/.m2/settings.xml ]; then
    given=$(sed -n 's:.*<localRepository>\(.*\)</localRepository>.*:\1:p' ~/.m2/settings.xml)
  fi
  echo "${given:-$HOME/.m2/repository}/dev/statuswire"
}

# Prints a checksum of the sources of the modules and of their installed artifacts. Another working copy may have installed them.
sdk_checksum() {
  local module artifact version
  version=$(property revision)
  for module in "${sdk_modules[@]}"; do
    find pom.xml "$module/pom.xml" "$module/src/main" -type f -exec cksum {} + | sort
    artifact=statuswire-${module##*/}
    cksum <"$(installed_artifacts)/$artifact/$version/$artifact-$version.jar" || return
    cksum <"$(installed_artifacts)/$artifact/$version/$artifact-$version.pom" || return
  done | cksum
}

# Remembers that the installed artifacts were built from the present sources, if they are where they are expected.
remember_installed_sdk() {
  local checksum
  if checksum=$(sdk_checksum 2>/dev/null); then echo "$checksum" >"$(installed_artifacts)/installed-sdk"; fi
}

is_sdk_installed() {
  local checksum known
  known=$(installed_artifacts)/installed-sdk
  checksum=$(sdk_checksum 2>/dev/null) && [ -e "$known" ] && [ "$checksum" = "$(cat "$known")" ]
}

install_sdk() {
  local log=infra/testkit/target/install.log
  use_jdk25
  use_maven
  echo "statuswire: installing the SDK in the local Maven repository; the first time takes some minutes, mostly for downloads ..." >&2
  mkdir -p infra/testkit/target
  if ! "$MVN" -B -ntp -pl infra/testkit -am install -Dmaven.test.skip -Dmaven.javadoc.skip -Dspotless.check.skip \
    -Dstatuswire.lambda-zip.phase=none >"$log" 2>&1; then
    grep ERROR "$log" | head -20 >&2
    echo "statuswire: the build failed; see $PWD/$log" >&2
    exit 1
  fi
  remember_installed_sdk
}
