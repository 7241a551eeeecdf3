import { z } from 'zod'
import { apiOf } from './harness/api.ts'
import { Form } from './harness/form.ts'
import { test as base, expect } from './harness/index.ts'

const test = base.extend('members', { scope: 'file' }, 200)

const name = (text: string) => ({ 'zh-CN': text, en: text })

/** A journey that sends one message to whoever is put in by hand. */
const greetingJourney = {
  ...{ format: 1, id: 'greet', name: name('问候') },
  nodes: {
    picked: { type: 'manual', name: name('放入'), config: {} },
    tell: {
      ...{ type: 'send', name: name('发短信') },
      config: { channel: 'sms', purpose: 'service', text: { 'zh-CN': '' } },
    },
    done: { type: 'exit', name: name('完成'), config: {} },
  },
  edges: { picked: { entered: 'tell' }, tell: { sent: 'done', not_sent: 'done' } },
}

test('builds a content with a variant, sees who gets which, and previews a message with it', async ({
  marketer,
  server,
}) => {
  const { page } = marketer
  const demo = apiOf(server.url, 'demo')
  // Whoever counts first has the copy made, from which values are suggested too.
  const counts = () =>
    demo.get('/customers/values?field=attribute&name=tier').then(
      () => true,
      () => false,
    )
  await expect.poll(counts, { timeout: 120_000 }).toBe(true)
  await marketer.open('/demo/contents')
  await marketer.at('contents-table').getByText('分阶段问候').waitFor()
  await marketer.at('new-content').click()

  const form = new Form(page, page.locator('main'))
  await form.fill('名称', '七夕一句话')
  await marketer.at('content-key').fill('qixi_line')
  const standard = new Form(page, marketer.at('variant-default'))
  await standard.fill('文字', '七夕快乐')
  await marketer.at('add-variant').click()
  const gold = new Form(page, marketer.at('variant-v1'))
  await gold.fill('文字', '尊贵的金卡会员，七夕快乐')

  // Nothing is saved before it is whole, and what is missing is said.
  await marketer.at('save-content').click()
  await marketer.at('content-issues').waitFor()
  await gold.choose('等级', '金卡')
  await marketer.at('who-gets').getByText('等级：金卡').waitFor({ timeout: 120_000 })
  await marketer.at('content-preview').getByText('七夕快乐').first().waitFor()
  await marketer.at('save-content').click()
  await page.waitForURL('**/demo/contents/qixi_line')
  await marketer.see('还没有地方用到它。').waitFor()

  await demo.post('/journeys', { file: JSON.stringify(greetingJourney) })
  await marketer.go('/demo/journeys/greet')
  await marketer.canvas.opened()
  await marketer.canvas.card('tell').click()
  await marketer.canvas.form.menu(marketer.at('insert-variable').last(), '七夕一句话')
  await marketer.at('inspector-phone').getByText('七夕快乐').waitFor({ timeout: 30_000 })
  const draft = async () => JSON.stringify(await demo.get('/journeys/greet'))
  await expect.poll(draft).toContain('content.qixi_line')

  // Back at the content, it says what shows it, and so it is not deleted.
  await marketer.go('/demo/contents/qixi_line')
  await page.getByTestId('uses').getByRole('link', { name: '问候' }).waitFor()
  await marketer.at('delete-content').click()
  const refused = page.getByRole('dialog')
  await refused.getByRole('link', { name: '问候' }).waitFor()
  await marketer.press('关闭', refused)
  await refused.waitFor({ state: 'hidden' })

  expect(await marketer.sideways()).toEqual([])
})

test('has a label ask for another field, and sees it asked where variants are written', async ({
  marketer,
}) => {
  await marketer.open('/demo/settings?tab=brand')
  const persona = marketer.at('content-labels').getByLabel('人设', { exact: true })
  await persona.fill('城市')
  await persona.press('Enter')
  await marketer.at('save-brand').click()
  await marketer.see('已保存').first().waitFor()
  await marketer.go('/demo/contents/new-content')
  await marketer.at('add-variant').click()
  await marketer.at('variant-v1').getByText('看“城市”').waitFor()
})

test('reads of a message that was sent which content it shows and why, and is led there', async ({
  marketer,
  server,
}) => {
  const demo = apiOf(server.url, 'demo')
  const line = { key: 'line', name: name('一句话'), kind: 'text', default: { text: { 'zh-CN': '您好' } } }
  await demo.put('/contents/line', { content: line, revision: null })
  const { tell, ...others } = greetingJourney.nodes
  const config = { ...tell.config, text: { 'zh-CN': '{{ content.line }}' } }
  const journey = { ...greetingJourney, id: 'told', nodes: { ...others, tell: { ...tell, config } } }
  await demo.post('/journeys', { file: JSON.stringify(journey) })
  await demo.post('/journeys/told/publish', { revision: 1 })
  const found = await demo.get('/customers?limit=1')
  const { customers } = z.object({ customers: z.array(z.object({ id: z.string() })) }).parse(found)
  await demo.post('/journeys/told/enter', { customerIds: customers.map(({ id }) => id) })
  await marketer.open('/demo/messages?journey=told')
  await marketer.at('messages-table').getByText('您好').first().click()
  const shown = marketer.page.getByRole('dialog').getByTestId('shown-contents').first()
  await shown.getByText('默认（没有别的变体合适）').waitFor()
  await shown.getByRole('link', { name: '一句话' }).click()
  await marketer.page.waitForURL('**/demo/contents/line')
})
