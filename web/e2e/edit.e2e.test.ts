import { readFileSync } from 'node:fs'
import { apiOf } from './harness/api.ts'
import { expect, test } from './harness/index.ts'

const place = '/demo/journeys/repurchase-reminder'

test.beforeAll(async ({ server }) => {
  await apiOf(server.url, 'demo').post('/journeys', { template: 'repurchase-reminder' })
})

test('puts a wait into a line, takes it back, makes it again and deletes it', async ({ marketer }) => {
  const { canvas, page } = marketer
  await marketer.open(place)
  await canvas.opened()
  await canvas.tool('看全图')
  const cards = await canvas.cards().count()
  await canvas.dropOnLine('wait', 'use-up.done')
  expect(await canvas.cards().count()).toBe(cards + 1)
  await canvas.line('wait-1.done').waitFor({ state: 'attached' })
  await canvas.inspector.getByText('等到什么时候').waitFor()
  await canvas.tool('撤销')
  expect(await canvas.cards().count()).toBe(cards)
  expect(await canvas.line('wait-1.done').count()).toBe(0)
  await canvas.tool('重做')
  expect(await canvas.cards().count()).toBe(cards + 1)

  await canvas.card('wait-1').click()
  await page.keyboard.press('Delete')
  expect(await canvas.cards().count()).toBe(cards)
  expect(await canvas.line('use-up.done').count()).toBe(0)
  await page.keyboard.press('Control+z')
  await canvas.line('use-up.done').waitFor({ state: 'attached' })
  await page.keyboard.press('Control+z')
  expect(await canvas.cards().count()).toBe(cards)
  await marketer.see('校验通过').waitFor()
  await canvas.saved()
})

test('finds the drawing as it was left, after leaving and coming back', async ({ marketer }) => {
  const { canvas, page } = marketer
  await marketer.open(place)
  await canvas.opened()
  await canvas.tool('看全图')
  await canvas.select('note')
  await canvas.inspector.getByTestId('node-name').getByRole('textbox').fill('换季上新')
  await canvas.moveCard('note', { x: 120, y: 10 })
  await canvas.tool('看全图')
  const left = await canvas.place('note')
  await canvas.saved()
  await page.reload()
  await canvas.opened()
  await canvas.tool('看全图')
  expect(await canvas.card('note').textContent()).toContain('换季上新')
  const found = await canvas.place('note')
  expect(Math.abs(found.x - left.x) + Math.abs(found.y - left.y)).toBeLessThan(4)
})

test('is led from the list of problems to the node and its field', async ({ marketer }) => {
  const { canvas, page } = marketer
  await marketer.open(place)
  await canvas.opened()
  await canvas.tool('看全图')
  await canvas.card('done').click()
  await page.keyboard.press('Delete')
  await marketer.see('2 个问题').click()
  const problems = page.getByTestId('problem-list')
  expect(await problems.getByTestId('problem-dangling-port').count()).toBe(2)
  await problems.getByTestId('problem-dangling-port').first().click()
  await canvas.inspector.getByText(/编号 note/).waitFor()
  await canvas.card('note').getByTestId('problem-mark-note').waitFor()
  await canvas.tool('撤销')
  await marketer.see('校验通过').waitFor()
  await canvas.saved()
})

test('reads on the phone in the form what a customer lacks for a text', async ({ marketer }) => {
  const { canvas, page } = marketer
  await marketer.open(place)
  await canvas.opened()
  await canvas.tool('看全图')
  await canvas.select('remind')
  const phone = canvas.inspector.getByTestId('inspector-phone')
  await phone.getByText(/上次的.+还喜欢吗/).waitFor()
  await canvas.inspector.getByTestId('text-text').click()
  await page.keyboard.press('Control+End')
  await page.keyboard.type('{{ customer.nickname }}')
  await phone.getByText(/缺少 nickname，这位客户收不到/).waitFor()
  await canvas.card('remind').getByTestId('problem-mark-remind').waitFor()
  await canvas.tool('撤销')
  await phone.getByText(/上次的.+还喜欢吗/).waitFor()
  await marketer.see('校验通过').waitFor()
  await canvas.saved()
})

test('hands a journey to a colleague as a file, which imports as the same journey', async ({
  marketer,
  server,
}) => {
  const { canvas, page } = marketer
  await marketer.open(place)
  await canvas.opened()
  await marketer.at('journey-menu').click()
  const [download] = await Promise.all([page.waitForEvent('download'), marketer.at('export').click()])
  expect(download.suggestedFilename()).toBe('repurchase-reminder.journey.json')
  const file = { name: 'mine.journey.json', mimeType: 'application/json', path: await download.path() }

  await marketer.open('/own/journeys')
  await marketer.at('begin-import').click()
  await page
    .locator('.ant-modal input[type=file]')
    .setInputFiles({ name: file.name, mimeType: file.mimeType, buffer: readFileSync(file.path) })
  await marketer.see('mine.journey.json 里是「复购提醒」，10 个节点').waitFor()
  await marketer.press('导入', page.getByRole('dialog'))
  await canvas.opened()
  expect(await canvas.cards().count()).toBeGreaterThan(4)
  const theirs = await apiOf(server.url, 'demo').get('/journeys/repurchase-reminder')
  const ours = await apiOf(server.url, 'own').get('/journeys/repurchase-reminder')
  expect(journeyOf(ours)).toEqual(journeyOf(theirs))
})

/** The journey of an answer. */
function journeyOf(answer: unknown): unknown {
  return typeof answer === 'object' && answer !== null && 'journey' in answer ? answer.journey : null
}

test('is told everything that is wrong with a file, and nothing is made of it', async ({ marketer }) => {
  const { page } = marketer
  await marketer.open('/demo/journeys')
  await marketer.at('import-journey').click()
  const broken = JSON.stringify({ format: 1, id: 'x', name: { en: 'X' }, nodes: { a: { type: 'wait' } } })
  await page.locator('.ant-modal input[type=file]').setInputFiles({
    name: 'broken.journey.json',
    mimeType: 'application/json',
    buffer: Buffer.from(broken),
  })
  await marketer.at('file-problems').waitFor()
  expect(await page.getByRole('dialog').getByRole('button', { name: '导入' }).isDisabled()).toBe(true)
})
