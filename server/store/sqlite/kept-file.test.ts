import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type KeptFile, openKeptFile } from './kept-file.ts'

let folder = ''
let file: KeptFile | null = null
const path = () => join(folder, 'kept')
const open = (bytes = 4_096) => {
  file?.close()
  file = openKeptFile(path(), bytes)
  return file
}
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-kept-'))
})
afterEach(() => {
  file?.close()
  file = null
  rmSync(folder, { recursive: true, force: true })
})

describe('a file of what must not be lost', () => {
  test('takes its room at once, and never more', () => {
    const kept = open()
    expect(statSync(path()).size).toBe(4_096)
    while (kept.put({ text: 'x'.repeat(300) }));
    expect(kept.all().length).toBeGreaterThan(5)
    expect(statSync(path()).size).toBe(4_096)
  })

  test('keeps what it was given over an end of the process, and nothing that was cleared', () => {
    open().put({ id: 1 })
    open().put({ id: 2 })
    expect(open().all()).toEqual([{ id: 1 }, { id: 2 }])
    open().clear()
    expect(open().all()).toEqual([])
    open().put('a new round, shorter')
    expect(open().all()).toEqual(['a new round, shorter'])
  })

  test('a record that was half written does not count, and those before it do', () => {
    open().put({ id: 1 })
    open().put({ id: 'the second' })
    file?.close()
    file = null
    // The last letters of the second record.
    truncateSync(path(), 8 + 12 + 30 + 20)
    const [first, ...more] = open().all()
    expect(first).toEqual({ id: 1 })
    expect(more).toEqual([])
  })

  test('what was said to somebody is gone from it once it was cleared, also where that was cut short', () => {
    open().put('dear 欧阳慕雪')
    open().clear()
    expect(readFileSync(path()).includes('欧阳慕雪')).toBe(false)
    open().put('dear 欧阳慕雪')
    file?.close()
    file = null
    // The round was counted on, and the process ended before it wrote over what was there.
    const bytes = readFileSync(path())
    bytes.writeUInt32LE(bytes.readUInt32LE(0) + 1, 0)
    writeFileSync(path(), bytes)
    expect(open().all()).toEqual([])
    expect(readFileSync(path()).includes('欧阳慕雪')).toBe(false)
  })

  test('a file of another kind in its place holds nothing', () => {
    writeFileSync(path(), 'a letter to somebody '.repeat(40))
    expect(open().all()).toEqual([])
  })

  test('whatever is put and cleared in whatever order, it holds what was put since', () => {
    const step = fc.oneof(fc.record({ put: fc.string({ maxLength: 60 }) }), fc.constant('clear' as const))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        rmSync(path(), { force: true })
        let wanted: unknown[] = []
        for (const one of steps) {
          const kept = open(16_384)
          if (one === 'clear') {
            kept.clear()
            wanted = []
          } else {
            kept.put(one)
            wanted.push(one)
          }
        }
        expect(open(16_384).all()).toEqual(wanted)
      }),
      { numRuns: 30 },
    )
  })
})
