import { importsOf, packageOf, type Source } from './source.ts'

/** The parts of package.json that are read here, and each package's commands (its `bin`). */
export interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>
  readonly devDependencies: Readonly<Record<string, string>>
  readonly scripts: Readonly<Record<string, string>>
}

/** Packages that a file imports (its style sheets' `@import` included) or starts by name or path. */
function usedIn(source: Source, declared: readonly string[]): string[] {
  if (/\.(tsx?|mjs)$/.test(source.path)) {
    const imported = importsOf(source).flatMap(({ from }) => packageOf(from) ?? [])
    return [...imported, ...declared.filter((name) => namedInText(source.text, name))]
  }
  if (
    /\.(css|html|json)$/.test(source.path) &&
    source.path !== 'package.json' &&
    source.path !== 'package-lock.json'
  ) {
    return declared.filter((name) => source.text.includes(`'${name}/`) || source.text.includes(`"${name}/`))
  }
  return []
}

/**
 * A package may be used by name alone: a pino transport `'pino-pretty'`, or a program of node_modules
 * `'node_modules', 'vite', ...`. The name must stand as a whole string, so prose does not count.
 */
const namedInText = (text: string, name: string) =>
  text.includes(`'${name}'`) || name.split('/').every((part) => text.includes(`'node_modules', '${part}'`))

const typesOf = (name: string) => name.replace(/^@types\//, '').replace(/^(\w+)__/, '@$1/')

/** Declared packages that nothing uses. `bins` gives the commands of each package. */
export function unusedPackages(
  manifest: Manifest,
  bins: (name: string) => readonly string[],
  sources: readonly Source[],
): string[] {
  const declared = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies })
  const used = new Set(sources.flatMap((source) => usedIn(source, declared)))
  const commands = new Set(Object.values(manifest.scripts).flatMap((script) => script.split(/\s+/)))
  const isUsed = (name: string) =>
    used.has(name) ||
    bins(name).some((command) => commands.has(command)) ||
    (name.startsWith('@types/') && (typesOf(name) === 'node' || used.has(typesOf(name))))
  return declared.filter((name) => !isUsed(name))
}

/** Imported packages that are not declared: they are there by luck only. */
export function undeclaredPackages(manifest: Manifest, sources: readonly Source[]): string[] {
  const declared = new Set(Object.keys({ ...manifest.dependencies, ...manifest.devDependencies }))
  const imported = sources
    .filter(({ path }) => /\.(tsx?|mjs)$/.test(path))
    .flatMap((source) => importsOf(source).flatMap(({ from }) => packageOf(from) ?? []))
  return [...new Set(imported)].filter((name) => !declared.has(name))
}
