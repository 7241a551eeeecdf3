import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCli } from '../cli/index.ts'
import { absent, sampleIds, sampleOrders } from '../testing/cdnow.ts'

const skipped = absent ? ' (skipped: ../shared/data is absent)' : ''

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'magpie-models-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

async function magpie(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const said = { stdout: '', stderr: '' }
  const out = (text: string) => {
    said.stdout += text
  }
  const err = (text: string) => {
    said.stderr += text
  }
  const code = await runCli(args, { interactive: false, locale: 'en', out, err })
  return { code, ...said }
}

async function importOrders(data: string, ids: Iterable<string>, orders: readonly string[]): Promise<void> {
  const [customers, file] = [join(folder, 'customers.csv'), join(folder, 'orders.csv')]
  writeFileSync(customers, ['customer_id', ...ids].join('\n'))
  writeFileSync(file, orders.join('\n'))
  const { code } = await magpie('import', '--customers', customers, '--orders', file, '--data', data)
  expect(code).toBe(0)
}

describe.skipIf(absent)(`the model of repeat buying, by the command line, on CDNOW’s tenth${skipped}`, () => {
  const asked = (verb: string, ...more: string[]) =>
    magpie(
      'model',
      verb,
      '--data',
      join(folder, 'cdnow'),
      '--model',
      'bg-nbd',
      '--until',
      '1997-09-30',
      ...more,
    )

  beforeAll(async () => {
    const { head, rows } = sampleOrders()
    await importOrders(join(folder, 'cdnow'), sampleIds(), [head, ...rows])
  })

  test('is fitted to what was imported: the published figures, rates by the week', async () => {
    const { code, stdout } = await asked('fit', '--json')
    expect(code).toBe(0)
    const { customers, parameters, logLikelihood, seconds } = JSON.parse(stdout)
    expect(customers).toBe(2357)
    expect(parameters).toEqual({
      r: expect.closeTo(0.243, 3),
      alpha: expect.closeTo(4.414, 3),
      a: expect.closeTo(0.793, 3),
      b: expect.closeTo(2.426, 3),
    })
    expect(logLikelihood).toBeCloseTo(-9582.4, 1)
    expect(seconds).toBeGreaterThan(0)
  })

  test('says what it expects of the next 39 weeks beside what happened', async () => {
    const { stdout } = await asked('forecast', '--days', '273', '--json')
    const { expected, actual } = JSON.parse(stdout)
    expect(actual).toBe(1882)
    expect(expected).toBeCloseTo(1654, -1)
  })

  test('is tried on the last weeks, with the others, of which nobody is scored', async () => {
    const { code, stdout } = await magpie(
      'model',
      'test',
      '--data',
      join(folder, 'cdnow'),
      '--until',
      '1998-06-30',
      '--json',
    )
    expect(code).toBe(0)
    const { customers, models } = JSON.parse(stdout)
    expect(customers).toBe(2357)
    const { quality } = models.propensity
    expect(quality.auc).toBeGreaterThan(0.7)
    expect(quality.lift).toBeGreaterThan(2)
    expect(quality.tenths).toHaveLength(10)
    expect(models['bg-nbd'].forecast.steps).toHaveLength(12)
  })

  test('has nothing to go by before anybody has bought', async () => {
    const { code, stdout, stderr } = await magpie(
      ...[
        'model',
        'fit',
        '--data',
        join(folder, 'cdnow'),
        '--model',
        'bg-nbd',
        '--until',
        '1996-12-31',
        '--json',
      ],
    )
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toContain('model-too-little')
    expect(stderr).toContain('0 customers')
  })
})

describe('a refunded order', () => {
  test('is no purchase, and what is left of another is its worth', async () => {
    const data = join(folder, 'few')
    await importOrders(
      data,
      ['1'],
      [
        'order_id,customer_id,ordered_at,amount,refunded_amount',
        'A,1,2026-01-01,10,10',
        'B,1,2026-01-02,10,4',
      ],
    )
    const { code, stderr } = await magpie(
      'model',
      'fit',
      '--data',
      data,
      '--model',
      'bg-nbd',
      '--until',
      '2026-02-01',
    )
    expect(code).toBe(1)
    expect(stderr).toContain('1 customer has')
    expect(stderr).toContain('0 repeat purchases')
  })
})

describe('a command line that cannot be meant', () => {
  const whole = ['--data', 'x', '--model', 'bg-nbd', '--until', '1997-09-30']
  test.each([
    ['without a verb', [...whole]],
    ['with another verb', ['guess', ...whole]],
    ['of another model', ['fit', '--data', 'x', '--model', 'oracle', '--until', '1997-09-30']],
    ['without an end', ['fit', '--data', 'x', '--model', 'bg-nbd']],
    ['with a day that does not exist', ['fit', '--data', 'x', '--model', 'bg-nbd', '--until', '1997-02-30']],
    [
      'with a moment for a day',
      ['fit', '--data', 'x', '--model', 'bg-nbd', '--until', '1997-09-30T10:00:00Z'],
    ],
    ['with no days to look ahead', ['forecast', ...whole]],
    ['with none of them', ['forecast', ...whole, '--days', '0']],
    ['with half a day', ['forecast', ...whole, '--days', '1.5']],
    ['with a thousand years', ['forecast', ...whole, '--days', '365000']],
    ['with days for a fit', ['fit', ...whole, '--days', '7']],
    ['with days for a test', ['test', '--data', 'x', '--until', '1997-09-30', '--days', '7']],
    ['without data', ['fit', '--model', 'bg-nbd', '--until', '1997-09-30']],
  ])('%s is a misuse', async (_case, args) => {
    const { code, stdout } = await magpie('model', ...args)
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
  })

  test('of a folder without data is told as such', async () => {
    const { code, stderr } = await magpie('model', 'fit', ...whole)
    expect(code).toBe(1)
    expect(stderr).toContain('no-database')
  })
})
