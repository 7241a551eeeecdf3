import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { drive } from '../testing/journey-driver.ts'
import { by } from '../testing/sketch.ts'
import { importFile } from './index.ts'

const gifts = {
  nodes: { hand: by.hand(), hello: by.sms('您的{{ entry.gift }}已备好'), done: by.exit() },
  flow: ['hand -> hello', 'hello -> done'],
  variables: ['entry.gift'],
}

const rejectedPath = join(tmpdir(), `entrants-${process.pid}.rejected.csv`)

/** Lets in the customers of a file, as its route does. */
const listed = (text: string, list = 'first') => ({
  kind: 'entrants' as const,
  source: Buffer.from(text),
  into: { journeyId: 'journey', node: 'hand', list },
  zone: 'Asia/Shanghai',
  currency: 'CNY',
  rejectedPath,
})

describe('a list of customers by file (rule 1)', () => {
  test('rule 1: a list by file lets customers in by id or by phone, with its other columns known at entry', () =>
    drive()
      .member('王芳', { phone: '13800138001' })
      .member('李雷', { phone: '13800138002' })
      .publish(gifts)
      .do(async ({ db, brand }) => {
        const text = 'customer_id,手机号,gift\n王芳,,香氛礼盒\n,138 0013 8002,茶礼盒\n'
        const report = await importFile(db, { ...listed(text), receivedAt: brand.now() })
        expect(report).toMatchObject({ imported: 2, rejected: 0, matched: 1 })
        await brand.settle()
      })
      .expectSent('hello', '李雷', '王芳')
      .do((driver) => {
        const texts = driver.rows<{ body: string }>('select body from messages order by customer_id')
        expect(texts.map(({ body }) => body)).toEqual([
          expect.stringContaining('您的茶礼盒已备好'),
          expect.stringContaining('您的香氛礼盒已备好'),
        ])
      })
      .run())

  test('strangers, doubles and rows without a key are left out and listed, formulas harmless', () =>
    drive()
      .member('王芳', { phone: '13800138001' })
      .publish(gifts)
      .do(async ({ db, brand }) => {
        const text = 'customer_id,gift\n王芳,香氛\n=1+1,茶\n王芳,茶\n,茶\n'
        const report = await importFile(db, { ...listed(text), receivedAt: brand.now() })
        expect(report).toMatchObject({ imported: 1, rejected: 3 })
        expect(report.rejections.map(({ line, code }) => [line, code])).toEqual([
          [3, 'unknown-customer'],
          [4, 'entrant-twice'],
          [5, 'no-key'],
        ])
        expect(await readFile(rejectedPath, 'utf8')).toContain(`"'=1+1"`)
        await brand.settle()
      })
      .expectSent('hello', '王芳')
      .run())

  test('a list of strangers alone lets nobody in', () =>
    drive()
      .members('王芳')
      .publish(gifts)
      .do(async ({ db, brand }) => {
        const text = `customer_id\n${Array.from({ length: 2500 }, (_none, index) => `x${index}`).join('\n')}\n`
        const report = await importFile(db, { ...listed(text), receivedAt: brand.now() })
        expect(report).toMatchObject({ imported: 0, rejected: 2500 })
        await brand.settle()
      })
      .expectNotSent('hello')
      .run())

  test('re-entry holds for lists too: another list does not let anybody in again', () =>
    drive()
      .members('王芳')
      .publish(gifts)
      .do(async ({ db, brand }) => {
        for (const list of ['first', 'second'])
          await importFile(db, { ...listed('customer_id,gift\n王芳,茶\n', list), receivedAt: brand.now() })
        await brand.settle()
      })
      .expectSent('hello', '王芳')
      .run())
})
