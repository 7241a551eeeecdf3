import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { lockData } from './lock.ts'

test('a folder of data belongs to one at a time, and is free again when given back', () => {
  const folder = mkdtempSync(join(tmpdir(), 'magpie-lock-'))
  const first = lockData(folder)
  expect(first).not.toBeNull()
  expect(lockData(folder)).toBeNull()
  first?.()
  const second = lockData(folder)
  expect(second).not.toBeNull()
  second?.()
  rmSync(folder, { recursive: true })
})
