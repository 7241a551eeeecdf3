import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { RehearsalReport } from '../../shared/api/rehearsal.ts'
import type { Brand } from '../../shared/journey/brand.ts'
import { journeySchema } from '../../shared/journey/graph.ts'
import { registry } from '../../shared/nodes/index.ts'
import { begin, finish, playable, worlds } from '../../shared/testing/random-lives.ts'
import { makeBase } from '../bench/base-data.ts'
import { benchBrand } from '../bench/world.ts'
import { scratchBase } from '../brand/scratch-base.ts'
import type { RehearsalPorts } from '../ports/rehearsal.ts'
import type { Crew } from '../rehearsal/crew.ts'
import { rehearse } from '../rehearsal/index.ts'
import { stageOf } from '../rehearsal/stage.ts'
import { type Walker, walkerOn } from '../rehearsal/walker.ts'
import { rehearsalPorts } from '../store/sqlite/rehearsal.ts'
import { walkersOf } from '../work/walkers.ts'
import { drive, type JourneyDriver } from './journey-driver.ts'
import { by, type NodeSketch, type Sketch, sketch } from './sketch.ts'
import { recorded } from './twins.ts'

/** Walkers who know nothing of each other and are told everything by messages, as threads are. */
const apart = (ports: RehearsalPorts, count: number): Crew => ({
  least: 0,
  call(script) {
    const walkers = Array.from({ length: count }, () => {
      const walker = script.then(async (written) => {
        const told = structuredClone(written)
        return walkerOn(ports, await stageOf(ports, told.request, told.audiences, registry), told, null)
      })
      return {
        walk: async (...[party, horizon, onDone]: Parameters<Walker['walk']>) =>
          structuredClone(await (await walker).walk(structuredClone(party), horizon, onDone)),
      }
    })
    return { walkers, dismiss: async () => undefined }
  },
})

/** All that is told, in the order in which it is told, but for how long it took. */
const words = ({ seconds: _seconds, ...told }: RehearsalReport) => JSON.stringify(told)

describe('what a rehearsal tells', () => {
  test('turns on nobody’s being walked beside others: random journeys and people, at addresses that they share', async () => {
    const crowd = fc.record({
      walkers: fc.integer({ min: 1, max: 3 }),
      partySize: fc.integer({ min: 1, max: 3 }),
    })
    const assumes = fc.constantFrom('backtest' as const, 'rates' as const)
    await fc.assert(
      fc.asyncProperty(
        playable,
        worlds(true),
        crowd,
        assumes,
        async (journey, world, { walkers, partySize }, assume) => {
          const db = recorded(world)
          const ports = rehearsalPorts(db, scratchBase(db))
          const { brand } = world
          const request = { journey, start: begin, until: finish, assume, controlGroup: true, brand } as const
          const whole = await rehearse(ports, request)
          const parts = await rehearse(ports, request, { crew: apart(ports, walkers), partySize })
          db.close()
          expect(words(parts)).toBe(words(whole))
        },
      ),
      { seed: 20_260_825, numRuns: 40, endOnFailure: true },
    )
  })

  const everybody = { kind: 'attribute', name: 'phone', op: 'is_set' }
  const monday: NodeSketch = [
    'audience_at',
    { audience: everybody, at: { kind: 'date', date: '2027-03-01', time: '10:30' } },
  ]
  const both = async ({ db, brand }: JourneyDriver, drawn: Sketch) => {
    const ports = rehearsalPorts(db, scratchBase(db))
    const journey = sketch({ id: 'mine', ...drawn })
    const asked = { start: brand.now(), until: null, assume: 'backtest', controlGroup: true } as const
    const request = { journey, brand: brand.brand(), ...asked }
    const whole = await rehearse(ports, request)
    expect(words(await rehearse(ports, request, { crew: apart(ports, 2), partySize: 1 }))).toBe(words(whole))
    return whole
  }

  test('turns on it no more where other journeys count towards the caps, each in versions of its own', () => {
    const caps: Brand['caps'] = [{ channel: 'sms', messages: 1, days: 7 }]
    const theirs = (text: string) => ({
      id: 'other',
      nodes: { hand: by.hand(), two: by.rest('2 days'), theirs: by.sms(text), done: by.exit() },
      flow: ['hand -> two', 'two -> theirs', 'theirs -> done'],
    })
    return drive({ brand: { caps } })
      .members('王芳', '李雷', '韩梅', '赵刚')
      .publish(theirs('二'))
      .enter('李雷')
      .publish(theirs('三'))
      .enter('赵刚')
      .do(async (driver) => {
        const nodes = { monday, three: by.rest('3 days'), mine: by.sms('一'), done: by.exit() }
        const flow = ['monday -> three', 'three -> mine', 'mine -> done']
        const told = await both(driver, { nodes, flow })
        expect(told.nodes.mine).toMatchObject({ sent: 2, suppressed: { cap: 2 } })
      })
      .run()
  })

  test('is the same in threads, whose pasts and orders are drawn alike', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'magpie-parties-'))
    const path = join(folder, 'base.sqlite')
    const db = makeBase(path, 1500)
    try {
      const ports = rehearsalPorts(db, scratchBase(db))
      const file = new URL('../../templates/qixi-gift-box.journey.json', import.meta.url)
      const journey = journeySchema.parse(JSON.parse(readFileSync(file, 'utf8')))
      const start = Date.parse('2027-07-25T10:00:00+08:00')
      const assumed = { until: null, assume: 'rates', controlGroup: true, brand: benchBrand } as const
      const request = { journey, start, ...assumed }
      const whole = await rehearse(ports, request)
      const told: number[] = []
      const parts = await rehearse(ports, request, {
        ...{ crew: walkersOf(path, 0), partySize: 20, onProgress: (done) => told.push(done) },
      })
      expect(whole.entered).toBeGreaterThan(100)
      expect(words(parts)).toBe(words(whole))
      expect(told.at(-1)).toBe(whole.entered)
    } finally {
      db.close()
      rmSync(folder, { recursive: true, force: true })
    }
  })
})
