# Sourced by weft and dev: find_jdk sets $jdk to the home of a JDK 25 or newer and $jdk_version
# to what its release file says, or explains on stderr what to install and returns 1.

# jdk_at HOME: true, with $jdk and $jdk_version set, when HOME is a new enough JDK.
jdk_at() {
  local line version
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line; do
    case $line in
      JAVA_VERSION=*)
        version=${line#JAVA_VERSION=}
        version=${version//[\"$'\r']/}
        break
        ;;
    esac
  done <"$1/release"
  local major=${version%%[!0-9]*}
  [ -n "$major" ] && [ "$major" -ge 25 ] || return 1
  jdk=$1
  jdk_version=$version
}

# The home behind the PATH's java; version managers put a script there, which has to be asked.
jdk_on_path() {
  local java home
  java=$(command -v java) || return 1
  home=$(readlink -f "$java" 2>/dev/null) && home=${home%/bin/java}
  [ -r "$home/release" ] ||
    home=$("$java" -XshowSettings:properties -version 2>&1 | sed -n 's/^ *java\.home = //p')
  jdk_at "$home"
}

find_jdk() {
  if [ -n "${WEFT_JAVA_HOME:-}" ]; then
    jdk_at "$WEFT_JAVA_HOME" && return
    echo "weft: WEFT_JAVA_HOME is $WEFT_JAVA_HOME, which is not a JDK 25 or newer" >&2
    return 1
  fi
  jdk_at "${JAVA_HOME:-/nonexistent}" && return
  jdk_on_path && return
  local home
  for home in /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    jdk_at "$home" && return
  done
  if [ -x /usr/libexec/java_home ]; then
    home=$(/usr/libexec/java_home -v 25+ 2>/dev/null) && jdk_at "$home" && return
  fi
  cat >&2 <<'MESSAGE'
weft: no JDK 25 or newer found. Weft is built and run by a JDK (a JRE is not enough).
  Looked at: $WEFT_JAVA_HOME, $JAVA_HOME, java on the PATH, /usr/lib/jvm, ~/.sdkman, ~/.jdks.
  Install one, for example Eclipse Temurin 25:
    Debian, Ubuntu   apt install temurin-25-jdk, or openjdk-25-jdk
    SDKMAN           sdk install java 25-tem
    macOS            brew install --cask temurin@25
  or point WEFT_JAVA_HOME at one.
MESSAGE
  return 1
}
