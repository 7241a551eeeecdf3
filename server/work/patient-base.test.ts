import { expect, test } from 'vitest'
import { Problem } from '../../shared/errors/index.ts'
import type { Base } from '../ports/base.ts'
import { patientBase } from './patient-base.ts'

const nobody = { condition: { kind: 'any' as const, of: [] }, moment: { now: 0, zone: 'UTC', anchors: {} } }

/** A base that refuses as often as there are problems, and then selects somebody. */
function refusing(problems: readonly Problem[]): Base {
  const left = [...problems]
  return {
    ask: async () => {
      const next = left.shift()
      if (next !== undefined) throw next
      return ['c1'] as never
    },
  }
}

test('whoever waits for a copy that is being made hears how far it is, and has the answer in the end', async () => {
  const heard: string[] = []
  const building = (rows: number) => new Problem('copy-building', { rows, of: 30 })
  const base = patientBase(refusing([building(10), building(20)]), (rows, of) =>
    heard.push(`${rows} of ${of}`),
  )
  expect(await base.ask('select', nobody)).toEqual(['c1'])
  expect(heard).toEqual(['10 of 30', '20 of 30'])
})

test('what keeps a copy from being made is told at once', async () => {
  const base = patientBase(refusing([new Problem('copy-no-room')]), () => undefined)
  await expect(base.ask('select', nobody)).rejects.toMatchObject({ code: 'copy-no-room' })
})
