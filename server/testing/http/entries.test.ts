import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ImportAnswer } from '../../../shared/api/imports.ts'
import type { MeanwhileAnswer } from '../../../shared/api/journeys.ts'
import { expectProblem, formOf, openTestApp, publishJourney, type TestApp } from './harness.ts'

let server: TestApp
beforeEach(async () => {
  server = await openTestApp()
})
afterEach(() => server.close())

const text = (en: string) => ({ 'zh-CN': en, en })
/** Let in by an event, so that what comes in a pause is missed. */
const byEvent = {
  format: 1,
  id: 'visits',
  name: text('Visits'),
  nodes: {
    told: { type: 'event', name: text('Visit'), config: { filter: { event: 'visited' } } },
    rest: {
      type: 'wait',
      name: text('Rest'),
      config: { until: { kind: 'duration', span: { amount: 1, unit: 'day' } } },
    },
    done: { type: 'exit', name: text('Done'), config: {} },
  },
  edges: { told: { entered: 'rest' }, rest: { done: 'done' } },
}

const underWay = async () =>
  (await server.own.store.enrollmentsOf(['m1', 'm2'])).map(({ enrollment }) => enrollment.customerId)

async function missedVisit(): Promise<void> {
  await server.ask('POST', '/journeys', { file: JSON.stringify(byEvent) })
  await server.ask('POST', '/journeys/visits/publish', { revision: 1 })
  await server.ask('POST', '/journeys/visits/pause')
  const at = new Date(server.own.now()).toISOString()
  const events = [{ id: 'v1', customerId: 'm1', name: 'visited', at, properties: {} }]
  expect(await server.ask('POST', '/events', { events })).toMatchObject({ status: 200 })
  await server.own.settle()
}

test('a pause tells who qualified meanwhile, and a resume without the tick leaves them out', async () => {
  await missedVisit()
  const { body } = await server.ask<MeanwhileAnswer>('GET', '/journeys/visits/meanwhile')
  expect(body.triggers).toEqual([{ node: 'told', customers: 1 }])
  expect(await server.ask('POST', '/journeys/visits/resume')).toMatchObject({ body: { status: 'live' } })
  await server.own.settle()
  expect(await underWay()).toEqual([])
})

test('with the tick they come in, and the log says so', async () => {
  await missedVisit()
  expect(await server.ask('POST', '/journeys/visits/resume', { letIn: true })).toMatchObject({ status: 200 })
  await server.own.settle()
  expect(await underWay()).toEqual(['m1'])
  expect((await server.ask<MeanwhileAnswer>('GET', '/journeys/visits/meanwhile')).body.triggers).toEqual([])
})

test('a list by file lets its customers in, tells of strangers, and needs a live journey', async () => {
  const { id } = await publishJourney(server)
  const list = formOf('customer_id,gift\nm1,tea\nnobody,tea\n', {})
  const begun = await server.ask<ImportAnswer>('POST', `/journeys/${id}/list`, list.payload, list.headers)
  expect(begun).toMatchObject({ status: 202, body: { kind: 'entrants' } })
  const read = async () => (await server.ask<ImportAnswer>('GET', `/imports/${begun.body.id}`)).body
  await expect.poll(async () => (await read()).state, { timeout: 20_000 }).toBe('done')
  expect(await read()).toMatchObject({
    imported: 1,
    rejected: 1,
    rejections: [{ line: 3, code: 'unknown-customer' }],
  })
  await expect.poll(underWay, { timeout: 20_000 }).toEqual(['m1'])
  await server.ask('POST', `/journeys/${id}/pause`)
  const again = await server.ask('POST', `/journeys/${id}/list`, list.payload, list.headers)
  expectProblem(again, 409, 'journey-not-live')
})
