# Read by the launchers. find_java sets $java to a Java that can run Continuo, or says what to do and exits with 2.

complain() { # what, found, expected, how to fix
  printf 'continuo: %s\n  found:    %s\n  expected: %s\n  fix:      %s\n' "$1" "$2" "$3" "$4" >&2
}

java_fix='install a JDK 17 or newer (apt-get install openjdk-17-jdk, brew install openjdk@17, or https://adoptium.net), then put its bin folder on the PATH or set JAVA_HOME to it'

find_java() {
  if [ -n "${JAVA_HOME:-}" ]; then
    java=$JAVA_HOME/bin/java
    java_named="JAVA_HOME is '$JAVA_HOME'"
  else
    java=$(command -v java) || java=
    java_named="JAVA_HOME is not set; java on the PATH is '${java:-missing}'"
  fi
  # a macOS without Java has a java command that only fails: the answer decides, not the file
  java_says=$("$java" -version 2>&1) || java_says=
  case $java_says in
    *'version "'*) ;;
    *)
      complain 'no Java that runs' "$java_named" 'Java 17 or newer' "$java_fix"
      exit 2
      ;;
  esac
  java_version=${java_says#*version \"}
  java_version=${java_version%%\"*}
  java_major=${java_version#1.} # Java 8 calls itself 1.8
  java_major=${java_major%%[!0-9]*}
  if [ "$java_major" -lt 17 ]; then
    complain 'Java is too old' "Java $java_version ($java_named)" 'Java 17 or newer' "$java_fix"
    exit 2
  fi
}
