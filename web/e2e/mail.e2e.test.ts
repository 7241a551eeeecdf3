import type { Locator, Page } from 'playwright-core'
import sharp from 'sharp'
import { z } from 'zod'
import { apiOf } from './harness/api.ts'
import { drag } from './harness/form.ts'
import { test as base, expect } from './harness/index.ts'

const test = base.extend('members', { scope: 'file' }, 200)

const name = (text: string) => ({ 'zh-CN': text, en: text })

/** A journey that gives a coupon and then writes an e-mail of it. */
const letter = {
  ...{ format: 1, id: 'letter', name: name('来信') },
  nodes: {
    picked: { type: 'manual', name: name('放入'), config: {} },
    gift: {
      ...{ type: 'coupon', name: name('发券') },
      config: { name: name('老友礼券'), value: 2000, minSpend: 9900, prefix: 'HI', validDays: 7 },
    },
    tell: {
      ...{ type: 'send', name: name('写信') },
      config: {
        ...{ channel: 'email', purpose: 'service', subject: { 'zh-CN': '给您的一封信' } },
        text: { 'zh-CN': '您好' },
      },
    },
    done: { type: 'exit', name: name('完成'), config: {} },
  },
  edges: {
    picked: { entered: 'gift' },
    gift: { issued: 'tell', not_issued: 'tell' },
    tell: { sent: 'done', not_sent: 'done' },
  },
}

/** The kinds of blocks of the mail, in the order in which they are read. */
const order = (page: Page) =>
  page
    .getByTestId('mail-sheet')
    .locator('[data-mail-block]')
    .evaluateAll((blocks) => blocks.map((block) => block.getAttribute('aria-label')))

const write = async (form: Locator, label: string, text: string) => {
  const field = form.getByRole('textbox', { name: label, exact: true }).first()
  await field.fill(text)
}

test('makes a mail of blocks, moves them, takes a step back, and sends it with its picture and coupon', async ({
  marketer,
  server,
}) => {
  const { canvas, page } = marketer
  const demo = apiOf(server.url, 'demo')
  // Whoever previews first has the copy made: the page waits for it, and the browser tells of each try.
  marketer.watch.expect(/status of (?:503|422).*\/preview\)$/)
  const bytes = await sharp({ create: { width: 320, height: 160, channels: 3, background: '#c8402f' } })
    .png()
    .toBuffer()
  const upload = new FormData()
  upload.set('file', new Blob([new Uint8Array(bytes)], { type: 'image/png' }), 'banner.png')
  upload.set('key', 'banner')
  await demo.post('/assets', upload)
  await demo.post('/journeys', { file: JSON.stringify(letter) })

  await marketer.open('/demo/journeys/letter')
  await canvas.opened()
  await canvas.tool('看全图')
  await canvas.select('tell')
  await canvas.inspector.getByRole('radiogroup', { name: '正文怎么写' }).getByText('模块').click()
  await marketer.at('mail-layout-empty').click()
  const form = marketer.at('mail-editor').locator('aside')

  await marketer.at('mail-add-heading').click()
  await write(form, '文字', '好久不见')
  await marketer.at('mail-add-coupon').click()
  await marketer.at('mail-add-product').click()
  await marketer.at('mail-add-image').click()
  await form.getByTestId('pick-picture').click()
  await marketer.at('picture-banner').click()
  await expect.poll(() => marketer.at('mail-src').inputValue()).toMatch(/\/a\/[0-9a-f]{64}\.png$/)
  await write(form, '替代文字', '红色的横幅')
  await marketer.at('mail-sheet').locator('img').waitFor()
  expect(await order(page)).toEqual(['标题', '优惠券', '推荐商品', '图片'])

  // The picture is dragged to the top, taken back, and brought there again.
  const handle = marketer.at('mail-sheet').getByTestId('mail-grip')
  await drag(handle.last(), page.locator('[data-mail-block]').first(), { x: 40, y: 4 })
  await expect.poll(() => order(page)).toEqual(['图片', '标题', '优惠券', '推荐商品'])
  await marketer.at('mail-undo').click()
  expect(await order(page)).toEqual(['标题', '优惠券', '推荐商品', '图片'])
  await marketer.at('mail-redo').click()
  expect(await order(page)).toEqual(['图片', '标题', '优惠券', '推荐商品'])
  await page.locator('[data-testid="mail-layout-state"][data-state="laid"]').waitFor()

  // As a customer gets it, on either screen, by day and at night.
  await marketer.at('mail-preview').click()
  const frame = page.frameLocator('[data-testid="mail-frame"]')
  await frame.getByText('好久不见').waitFor()
  await frame.getByText('老友礼券').waitFor()
  const picture = frame.locator('img[alt="红色的横幅"]')
  await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBe(320)
  const wide = await marketer.at('mail-frame').boundingBox()
  await marketer.at('mail-editor').getByText('手机', { exact: true }).click()
  await expect
    .poll(async () => (await marketer.at('mail-frame').boundingBox())?.width ?? 0)
    .toBeLessThan((wide?.width ?? 0) / 1.5)
  const ground = () => frame.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor)
  const day = await ground()
  await marketer.at('mail-dark').click()
  await expect.poll(ground).not.toBe(day)
  await marketer.at('mail-done').click()
  await canvas.saved()

  await marketer.at('publish').click()
  await marketer.at('publish-confirm').click()
  await marketer.see('v1 运行中').waitFor()
  const found = await demo.get('/customers?limit=20')
  const { customers } = z.object({ customers: z.array(z.object({ id: z.string() })) }).parse(found)
  await demo.post('/journeys/letter/enter', { customerIds: customers.map(({ id }) => id) })
  await marketer.go('/demo/messages?journey=letter')
  await marketer.at('messages-table').getByText('给您的一封信').first().click()
  await page.getByRole('dialog').getByText('好久不见').first().waitFor()
  await page.getByRole('dialog').getByText('老友礼券').first().waitFor()
})
