import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { undeclaredPackages, unusedPackages } from './dependencies.ts'
import { files, root } from './source.ts'

const names = z.record(z.string(), z.string())
const manifestSchema = z.object({ dependencies: names, devDependencies: names, scripts: names })
const manifest = manifestSchema.parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))

const binSchema = z.object({ bin: z.union([z.string(), names]).optional() })
function bins(name: string): string[] {
  const { bin } = binSchema.parse(
    JSON.parse(readFileSync(join(root, 'node_modules', name, 'package.json'), 'utf8')),
  )
  return typeof bin === 'string' ? [name] : Object.keys(bin ?? {})
}

// The conventions' own samples name packages that nothing uses.
const used = files.filter(({ path }) => !path.startsWith('server/testing/conventions/dependencies'))

describe('packages', () => {
  test('every declared package is used', () => {
    expect(unusedPackages(manifest, bins, used)).toEqual([])
  })

  test('every imported package is declared', () => {
    expect(undeclaredPackages(manifest, files)).toEqual([])
  })

  test('every locked package is known by its content', () => {
    const packageSchema = z.object({ integrity: z.string().optional() })
    const lockSchema = z.object({ packages: z.record(z.string(), packageSchema) })
    const { packages } = lockSchema.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')))
    const unknown = Object.entries(packages).filter(([path, entry]) => path !== '' && !entry.integrity)
    expect(unknown.map(([path]) => path)).toEqual([])
  })

  const sample = {
    dependencies: { idle: '1', zod: '1', 'pretty-logs': '1' },
    devDependencies: { linter: '1', '@types/idle': '1', '@types/zod': '1', '@types/node': '1' },
    scripts: { lint: 'lint-it check .' },
  }
  const commands = (name: string) => (name === 'linter' ? ['lint-it'] : [])

  test('an unused package is found, with its types; a script, a name and an import are uses', () => {
    const text = "import { z } from 'zod/v4'\nconst transport = { target: 'pretty-logs' }\n// idle"
    expect(unusedPackages(sample, commands, [{ path: 'a.ts', text }])).toEqual(['idle', '@types/idle'])
  })

  test('an undeclared package is found', () => {
    const text = "import a from '@scope/lucky/deep'\nimport b from 'node:fs'\nimport c from './c.ts'"
    expect(undeclaredPackages(sample, [{ path: 'a.ts', text }])).toEqual(['@scope/lucky'])
  })
})
