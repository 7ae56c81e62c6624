# Sourced by other scripts: our_sources prints every C++ file of ours, one a line.
our_sources() {
  find src tests \( -name node_modules -o -name build \) -prune -o -type f \( -name '*.cpp' -o -name '*.hpp' \) -print |
    LC_ALL=C sort
}
