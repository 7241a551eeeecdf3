import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { hasModes, tightenFolder, writeWhole } from './files.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-files-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const rightsOf = (path: string) => (statSync(path).mode & 0o777).toString(8)

describe.skipIf(!hasModes)('a folder of data', () => {
  test('that others could read is its owner’s alone after a start, whatever lies in it', () => {
    const inner = join(folder, 'imports', 'deep')
    mkdirSync(inner, { recursive: true })
    const files = ['own.sqlite', 'own.sqlite-wal', 'own.sqlite-shm', 'imports/deep/customers.csv']
    for (const name of files) {
      writeFileSync(join(folder, name), '')
      chmodSync(join(folder, name), 0o664)
    }
    for (const path of [folder, join(folder, 'imports'), inner]) chmodSync(path, 0o755)
    expect(tightenFolder(folder)).toEqual({ changed: 7, refused: [] })
    for (const name of files) expect(rightsOf(join(folder, name)), name).toBe('600')
    for (const path of [folder, join(folder, 'imports'), inner]) expect(rightsOf(path), path).toBe('700')
    expect(tightenFolder(folder)).toEqual({ changed: 0, refused: [] })
  })

  test('leaves alone what a link leads to', () => {
    const other = mkdtempSync(join(tmpdir(), 'magpie-files-'))
    writeFileSync(join(other, 'theirs'), '')
    chmodSync(join(other, 'theirs'), 0o644)
    symlinkSync(other, join(folder, 'link'))
    symlinkSync(join(other, 'theirs'), join(folder, 'file'))
    tightenFolder(folder)
    expect(rightsOf(join(other, 'theirs'))).toBe('644')
    rmSync(other, { recursive: true })
  })

  test('that all share is left as it is', () => {
    chmodSync(folder, 0o1777)
    expect(tightenFolder(folder).changed).toBe(0)
    expect(rightsOf(folder)).toBe('777')
  })

  test('has small files that nobody else could ever read', () => {
    writeWhole(join(folder, 'key'), 'a')
    writeWhole(join(folder, 'key'), 'b')
    expect(rightsOf(join(folder, 'key'))).toBe('600')
  })
})
