# Sourced by weft and dev, after $root is set: running Maven.

. "$root/bin/find-jdk.sh"

# Flags without which a JDK 25 prints warnings about native GEMM libraries and about Truffle.
quiet_jvm=(
  --enable-native-access=ALL-UNNAMED
  --sun-misc-unsafe-memory-access=allow
  -Dpolyglot.engine.WarnInterpreterOnly=false
)

# run_maven ARGUMENTS: Maven itself on $jdk, showing warnings and errors only.
run_maven() {
  if ! command -v mvn >/dev/null; then
    echo "weft: building needs Maven 3.8 or newer (Debian: apt install maven; macOS: brew install maven)" >&2
    return 1
  fi
  JAVA_HOME=$jdk MAVEN_OPTS="--enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow \
-Dorg.slf4j.simpleLogger.defaultLogLevel=${MAVEN_LOG:-warn} ${MAVEN_OPTS:-}" \
    mvn -B -f "$root/pom.xml" "$@"
}

# run_maven_fast ARGUMENTS: without static checks, in folders of its own, so that it disturbs no other build.
run_maven_fast() {
  run_maven -Dweft.fast -Dweft.out=target/fast "$@"
}

# locked COMMAND ARGUMENTS: one at a time in this checkout.
locked() {
  mkdir -p "$root/target"
  if command -v flock >/dev/null; then
    (
      flock 9
      "$@"
    ) 9>"$root/target/lock"
  else
    until mkdir "$root/target/lock.d" 2>/dev/null; do sleep 1; done
    (
      trap 'rmdir "$root/target/lock.d"' EXIT
      "$@"
    )
  fi
}
