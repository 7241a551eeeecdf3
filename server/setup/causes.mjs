/**
 * What the output of npm, node-gyp, vite or apt says about why it failed, as a sentence on what to do.
 * The order matters: a failed download of a ready-made build is harmless where a compiler is at hand, so
 * the compiler is asked about before the network.
 * @type {{ pattern: RegExp, sentence: string }[]}
 */
const causes = [
  {
    pattern: /ENOSPC|no space left on device/i,
    sentence: 'The disk is full. Free about 1 GB on the disk that holds this folder and try again.',
  },
  {
    pattern:
      /not found: make|find Python|Could not find any Python|g\+\+: (command )?not found|c\+\+: (command )?not found|find Visual Studio|No Xcode|xcode-select/i,
    sentence:
      'The database driver better-sqlite3 must be compiled on this system, and a compiler, make or Python 3 is missing. Install them and try again: Debian and Ubuntu `apt-get install -y build-essential python3`, Fedora `dnf install -y gcc-c++ make python3`, Alpine `apk add build-base python3`, macOS `xcode-select --install`, Windows the Visual Studio Build Tools.',
  },
  {
    pattern:
      /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT|ENOTCACHED|Temporary failure resolving/,
    sentence:
      'The packages could not be fetched from the network. Check the connection (and the proxy or npm registry settings, if you have any) and try again.',
  },
  {
    pattern: /EACCES|EROFS|EPERM|permission denied/i,
    sentence:
      'This folder cannot be written. Give yourself the right to write in it, or clone Magpie elsewhere.',
  },
  {
    pattern: /gyp ERR!/,
    sentence:
      'The database driver better-sqlite3 could not be compiled; the lines above say why. A C++20 compiler, make and Python 3 are needed.',
  },
  {
    pattern: /can only install (packages )?when your package\.json and package-lock\.json/i,
    sentence: 'package.json and package-lock.json do not agree. Run `npm install` and try again.',
  },
]

/**
 * @param {string} output
 * @returns {string | undefined} a sentence that says what to do, where the cause is known
 */
export function sentenceFor(output) {
  return causes.find((cause) => cause.pattern.test(output))?.sentence
}
