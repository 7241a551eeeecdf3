import { describe, expect, test } from 'vitest'
import { rehearsalReport } from '../../shared/api/rehearsal.ts'
import { type Journey, journeySchema } from '../../shared/journey/graph.ts'
import { createRehearsal, isOutdated, playOn, showDay, togglePlay } from './rehearsal.ts'

const journey: Journey = journeySchema.parse({ format: 1, id: 'spring', name: { en: 'Spring' }, nodes: {} })
const report = rehearsalReport.parse({
  journey: 'spring',
  assume: 'rates',
  rates: null,
  start: '2027-07-24T00:00:00+08:00',
  until: null,
  entered: 0,
  nodes: {},
  days: [],
  audiences: {},
  endings: {},
  waiting: 0,
  goals: {},
  control: 0,
  cost: { currency: 'CNY', total: 0 },
  passage: { shortest: null, longest: null },
  most_messages: 0,
  render_failures: [],
  kept_out: 0,
  breaker: null,
  basis: null,
  entries: [],
  bounded: [],
  unknown_customers: [],
  timeline: ['2027-07-24', '2027-07-25', '2027-07-26'].map((date) => ({
    date,
    sent: 0,
    nodes: {},
    ports: {},
    goals: {},
  })),
  seconds: 0,
})

describe('the strip of days', () => {
  test('plays from the first day to the last and stops there', () => {
    const store = createRehearsal()
    store.setState({ report, journey, state: 'done', day: 2 })
    togglePlay(store)
    expect(store.getState()).toMatchObject({ day: 0, playing: true })
    playOn(store)
    expect(store.getState()).toMatchObject({ day: 1, playing: true })
    playOn(store)
    expect(store.getState()).toMatchObject({ day: 2, playing: false })
    playOn(store)
    expect(store.getState().day).toBe(2)
  })

  test('goes no further than its ends', () => {
    const store = createRehearsal()
    store.setState({ report })
    showDay(store, 99)
    expect(store.getState().day).toBe(2)
    showDay(store, -4)
    expect(store.getState().day).toBe(0)
  })

  test('is out of date once the journey means something else, not when a box was moved', () => {
    const store = createRehearsal()
    store.setState({ report, journey })
    expect(isOutdated(store.getState(), { ...journey, layout: { a: { x: 1, y: 1 } } })).toBe(false)
    expect(isOutdated(store.getState(), { ...journey, nodes: {} })).toBe(true)
  })
})
