import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { Condition } from '../../../shared/conditions/schema.ts'
import { limits } from '../../../shared/limits.ts'
import { openDatabase } from '../../store/sqlite/database.ts'
import { addCustomers } from '../../store/sqlite/seed.ts'
import { openTruth } from '../../store/sqlite/truth/truth.ts'
import { memberOf } from '../../testing/members.ts'
import { AnalyticalCopy } from './copy.ts'
import { copyFileOf } from './files.ts'

test('a disk that is too full for it is filled by no further question, until it has more room or time has passed', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'magpie-copy-room-'))
  const db = openDatabase(join(folder, 'own.sqlite'), { durability: 'off' })
  addCustomers(db, [memberOf('a', 1)], 0)
  const most = limits.copyRoom.value * 2
  let looks = 0
  let room = most
  const copy = new AnalyticalCopy({
    truth: openTruth(db.path),
    file: copyFileOf(db.path),
    // There is room to begin with, and none as soon as something is written.
    room() {
      looks += 1
      const left = room
      if (room === most) room = 0
      return left
    },
  })
  const named: Condition = { kind: 'attribute', name: 'name', op: 'is_set' }
  const moment = { now: 0, zone: 'Asia/Shanghai', anchors: {} }
  const count = () => copy.ask('count', { condition: named, moment })
  const full = { code: 'copy-no-room' }
  try {
    await expect(count()).rejects.toMatchObject(full)
    const tried = looks
    room = most
    await expect(count()).rejects.toMatchObject(full)
    expect(looks - tried).toBe(1)
    // Who looks after it now and then tries it all the same.
    await expect(copy.catchUp({ again: true })).rejects.toMatchObject(full)
    expect(looks - tried).toBeGreaterThan(2)
    room = most * 2
    expect(await count()).toMatchObject({ count: 1, of: 1 })
  } finally {
    await copy.close()
    db.close()
    rmSync(folder, { recursive: true })
  }
})
