import { expect, test } from 'vitest'
import { modelRun } from './models.ts'

test('what an earlier release has told of its models is still read', () => {
  const report = {
    ...{ name: 'rfm', state: 'fitted', problem: null, parameters: {}, quality: null, forecast: null },
    distributions: [],
  }
  const run = { at: 0, until: '2026-08-11', customers: 1, sampled: 1, seconds: 1, models: [report] }
  expect(modelRun.parse(run).models[0]).toMatchObject({ groups: [], contents: [] })
})
