/** @param {string} path */
const nameOf = (path) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length)

/**
 * What is wrong with a bill of materials (CycloneDX): that it is none, that a package of the lock file is missing or one
 * too many, or that one has no version, no address or no licence.
 * @param {any} bill
 * @param {{ packages: Record<string, { version?: string, name?: string, license?: string, link?: boolean }> }} lock
 * @returns {string[]}
 */
export function billFaults(bill, lock) {
  if (bill?.bomFormat !== 'CycloneDX' || !/^1\.\d$/.test(String(bill.specVersion)))
    return ['it is no bill of materials in CycloneDX']
  const components = Array.isArray(bill.components) ? bill.components : []
  const wanted = new Set(
    Object.entries(lock.packages).flatMap(([path, { name, version, link }]) =>
      path === '' || link === true ? [] : [`${name ?? nameOf(path)}@${version}`],
    ),
  )
  const listed = new Set(
    components.map(
      (/** @type {any} */ one) => `${one.group ? `${one.group}/` : ''}${one.name}@${one.version}`,
    ),
  )
  return [
    ...[...wanted].filter((one) => !listed.has(one)).map((one) => `${one} is missing`),
    ...[...listed].filter((one) => !wanted.has(one)).map((one) => `${one} is in no lock file`),
    ...components.flatMap((/** @type {any} */ { name, version, purl, licenses }) => [
      ...(String(purl).startsWith('pkg:npm/') ? [] : [`${name}@${version} has no address`]),
      ...(Array.isArray(licenses) && licenses.length > 0 ? [] : [`${name}@${version} has no licence`]),
    ]),
  ]
}
