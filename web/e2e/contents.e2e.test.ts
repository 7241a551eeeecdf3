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

  expect(await marketer.sideways()).toEqual([])
})
