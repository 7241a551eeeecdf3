/**
 * What `npm audit --json` has said.
 * @typedef {{ name: string, severity: string, direct: boolean, mended: string }} Weakness
 * @typedef {{ kind: 'report', packages: number, found: Weakness[] } | { kind: 'silent', why: string }} Audited
 */

/** @param {string} text */
function jsonIn(text) {
  const begin = text.indexOf('{')
  if (begin === -1) return null
  try {
    return JSON.parse(text.slice(begin, text.lastIndexOf('}') + 1))
  } catch (error) {
    if (error instanceof SyntaxError) return null
    throw error
  }
}

/** @param {any} fix */
function mendOf(fix) {
  if (fix === false || fix === undefined) return 'no version without it yet'
  return fix === true ? 'npm update mends it' : `mended by ${fix.name} ${fix.version}`
}

/**
 * Reads what npm has said: a report of weaknesses, or that no registry answers such questions here.
 * @param {string} output
 * @returns {Audited}
 */
export function readAudit(output) {
  const said = jsonIn(output)
  if (said?.auditReportVersion === undefined)
    return {
      kind: 'silent',
      why: String(said?.message ?? said?.error?.summary ?? output.trim().split('\n')[0] ?? ''),
    }
  const found = Object.values(said.vulnerabilities ?? {}).map((/** @type {any} */ one) => ({
    name: String(one.name),
    severity: String(one.severity),
    direct: one.isDirect === true,
    mended: mendOf(one.fixAvailable),
  }))
  return { kind: 'report', packages: Number(said.metadata?.dependencies?.total ?? 0), found }
}

/** From here on a weakness is one that a release waits for. */
const grave = new Set(['high', 'critical'])

/**
 * What is said of it, line by line, and the exit code: 1 where something grave was found, 2 where nobody answered.
 * @param {Audited} audited
 */
export function sayAudit(audited) {
  if (audited.kind === 'silent')
    return {
      code: 2,
      lines: [
        `No registry answers here whether weaknesses are known (${audited.why}).`,
        'Run it where npm reaches a registry that does, such as registry.npmjs.org.',
      ],
    }
  const { found, packages } = audited
  if (found.length === 0) return { code: 0, lines: [`No weakness is known of ${packages} packages.`] }
  const lines = found.map(
    ({ name, severity, direct, mended }) =>
      `${severity}: ${name}${direct ? '' : ' (through another)'}, ${mended}`,
  )
  return { code: found.some(({ severity }) => grave.has(severity)) ? 1 : 0, lines }
}
