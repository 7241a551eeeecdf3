import { test } from 'vitest'
import { writeFileSync } from 'node:fs'
import { openTestApp } from './harness.ts'
import { damageable, damages, fillTheRest, liveThrough } from './damage.ts'

test('probe', async () => {
  const server = await openTestApp()
  await liveThrough(server)
  fillTheRest(server)
  const doc = (await server.ask<{paths: Record<string, Record<string, unknown>>}>('GET', '/api/openapi.json')).body
  const journeys = ['gift','filling']
  const gets = Object.entries(doc.paths).filter(([p, m]) => 'get' in m && !/stream|docs|assets|\*/.test(p)).flatMap(([p]) => {
    const base = p.replace('{brand}', 'own').replace('{version}', '1').replace('{name}', 'tier').replace('{code}','internal').replace('{token}','x')
    if (!base.includes('{id}') && !base.includes('{key}')) return [base]
    if (base.includes('/journeys/')) return journeys.map(j => base.replace('{id}', j))
    if (base.includes('/customers/')) return ['m1','m2'].map(j => base.replace('{id}', j))
    if (base.includes('/imports/')) return [base.replace('{id}', 'm1')]
    return [base.replace('{id}', 'x')]
  })
  console.log(gets.length, gets.join('\n'))
  const sqlite0 = server.db.sqlite
  let n = 0
  const fails: string[] = []
  const base: string[] = []
  for (const g of gets) { const a = await server.ask('GET', g); if (a.status >= 500) base.push(`${g} ${a.text.slice(0,200)}`) }
  for (const t of new Set(damageable().map(c=>c.table))) console.log(t, JSON.stringify(sqlite0.prepare(`select count(*) n from "${t}"`).get()));console.log('BASE', base.join('\n'))
  const { sqlite } = server.db
  const t0 = Date.now()
  for (const c of damageable()) {
    for (const [how, value] of Object.entries(damages)) {
      const keys = c.key.map(k => `"${k}"`).join(', ')
      const row = sqlite.prepare(`select ${keys}, "${c.name}" as v from "${c.table}" order by ${keys} limit 1`).safeIntegers().get() as Record<string, unknown> | undefined
      if (!row) { fails.push(`NOROW ${c.table}`); continue }
      const where = c.key.map(k => `"${k}" = ?`).join(' and ')
      const ids = c.key.map(k => row[k])
      try { sqlite.prepare(`update "${c.table}" set "${c.name}" = ? where ${where}`).run(value, ...ids) } catch { continue }
      for (const g of gets) {
        const r = await server.app.inject({ method: 'GET', url: g, remoteAddress: `10.0.${n++ % 250}.${(n >> 8) % 250}` }); const a = { status: r.statusCode, text: r.body }
        if (a.status === 429) throw new Error('limited')
        if (a.status >= 500) fails.push(`${c.table}.${c.name} | ${how} | ${g} | ${(a.text.match(/"detail":"[^"]*"/)??[''])[0]}`)
      }
      try { await server.own.engine.tick(server.own.now()) } catch (e) { fails.push(`${c.table}.${c.name} | ${how} | TICK | ${String(e).slice(0,150)}`) }
      sqlite.prepare(`update "${c.table}" set "${c.name}" = ? where ${where}`).run(row.v, ...ids)
    }
  }
  console.log('took', Date.now() - t0)
  writeFileSync('/tmp/rows/fails.txt', fails.join('\n'))
}, 1_000_000)
