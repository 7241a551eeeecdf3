import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { scratchBase } from '../../brand/scratch-base.ts'
import { testKeys } from '../../testing/keys.ts'
import { memberOf } from '../../testing/members.ts'
import { createBrandStore } from '../sqlite/brand-store.ts'
import { openDatabase } from '../sqlite/database.ts'
import { createEngineStore } from '../sqlite/engine-store.ts'
import { createAskStore } from '../sqlite/messages/asks.ts'
import { createOutboxStore } from '../sqlite/messages/outbox.ts'
import { openVault } from '../sqlite/secrets/vault.ts'
import { addCustomers } from '../sqlite/seed.ts'
import { storeContract } from './suite.ts'
import { type Contracted, now } from './world.ts'

function over(path: string, onClose: () => void): Contracted {
  const db = openDatabase(path, { durability: 'off' })
  return {
    stores: createBrandStore(db, openVault(db, 'brand:own', testKeys), scratchBase(db)),
    engine: createEngineStore(db, scratchBase(db)),
    outbox: createOutboxStore(db),
    asks: createAskStore(db),
    another: async () => over(path, () => undefined),
    async admit(ids) {
      const members = ids.map((id, index) => memberOf(id, index + 1))
      addCustomers(db, members, now)
    },
    async close() {
      db.close()
      onClose()
    },
  }
}

storeContract('SQLite', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'magpie-contract-'))
  return over(join(folder, 'brand.sqlite'), () => rmSync(folder, { recursive: true, force: true }))
})
