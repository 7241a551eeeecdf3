import { customerList } from '../../shared/api/customers.ts'
import { importAnswer } from '../../shared/api/imports.ts'
import { type Api, apiOf } from './harness/api.ts'
import { test as base, expect, type Marketer } from './harness/index.ts'
import { type Model, startModel } from './harness/model.ts'

/** A model is connected, and one's own brand runs on the system's clock; the demo stays a sandbox. */
const test = base
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads of the pattern what a fixture needs
  .extend('model', { scope: 'file' }, async ({}, { onCleanup }): Promise<Model> => {
    const model = await startModel()
    onCleanup(() => model.stop())
    return model
  })
  .extend('environment', { scope: 'file' }, ({ model }) => ({
    AI_BASE_URL: model.url,
    AI_MODEL: 'qwen-plus',
    MAGPIE_MODE: 'live',
  }))

const name = (zh: string, en: string) => ({ 'zh-CN': zh, en })

const greeting = {
  format: 1,
  id: 'greeting',
  name: name('问候', 'Greeting'),
  nodes: {
    picked: { type: 'manual', name: name('名单', 'List'), config: {} },
    hello: {
      type: 'send',
      name: name('问候语', 'Hello'),
      config: {
        channel: 'in_app',
        purpose: 'service',
        text: { 'zh-CN': '礼盒已经备好，随时来取。', en: 'Your box is ready.' },
        ai: { instructions: '', maxChars: 140, waitMinutes: 10 },
      },
    },
    done: { type: 'exit', name: name('结束', 'End'), config: {} },
  },
  edges: { picked: { entered: 'hello' }, hello: { sent: 'done', not_sent: 'done' } },
}

/** The same greeting, by SMS and as it is written. */
const bySms = {
  ...greeting,
  nodes: {
    ...greeting.nodes,
    hello: {
      ...greeting.nodes.hello,
      config: { ...greeting.nodes.hello.config, channel: 'sms', ai: null },
    },
  },
}

/** Brings one customer, c1, into a brand. */
async function importOne(api: Api): Promise<void> {
  const form = new FormData()
  form.set('kind', 'customers')
  form.set('mapping', JSON.stringify({ customer_id: 'customer_id', phone: 'phone' }))
  form.set('file', new File(['customer_id,phone\nc1,13900000001\n'], 'customers.csv', { type: 'text/csv' }))
  const { id } = importAnswer.parse(await api.post('/imports', form))
  const state = async () => importAnswer.parse(await api.get(`/imports/${id}`)).state
  await expect.poll(state).toBe('done')
}

const written = '礼盒已经备好，随时来取。'

test('lets the model write to each customer, and sends the written text where it does not', async ({
  marketer,
  server,
  model,
}) => {
  const { canvas, page } = marketer
  const demo = apiOf(server.url, 'demo')
  const [first, second] = customerList.parse(await demo.get('/customers?limit=2')).customers
  await demo.post('/journeys', { file: JSON.stringify(greeting) })
  await demo.post('/journeys/greeting/publish', { revision: 1 })

  await marketer.open('/demo/settings?tab=ai')
  await marketer.see('正在用 qwen-plus').waitFor()
  await marketer.at('test-ai').click()
  await marketer.see('qwen-plus-2026 有回应，可以用').waitFor()

  // In the form, and in the preview: whose text it is, and why.
  await marketer.go('/demo/journeys/greeting')
  await canvas.opened()
  await canvas.select('hello')
  const phone = canvas.inspector.getByTestId('inspector-phone')
  await phone.getByText('这是写好的正文').waitFor()
  await phone.getByTestId('polish').click()
  await phone.getByText(/^想对.+说：礼盒已经备好/).waitFor()
  await phone.getByText('这是 qwen-plus-2026 为这位客户写的').waitFor()
  await model.behave('refuse')
  await marketer.at('preview').click()
  const preview = page.getByRole('dialog')
  await preview.getByTestId('polish').click()
  await preview.getByText('AI 拒绝了这条消息，这是写好的正文').waitFor()
  await preview.getByText(written).first().waitFor()
  await model.behave('polish')
  await preview.getByTestId('polish').click()
  await preview.getByText('这是 qwen-plus-2026 为这位客户写的').waitFor()
  await preview.locator('.ant-drawer-close').click()

  // On the phone, and on the customer's page.
  await enter(marketer, first?.id)
  await marketer.advance('+1 小时')
  await model.behave('refuse')
  await enter(marketer, second?.id)
  await marketer.advance('+1 小时')
  await marketer.openPhone()
  await marketer.phone.getByText(/^想对.+说：礼盒已经备好/).waitFor()
  await marketer.phone.getByText(written, { exact: true }).waitFor()
  await marketer.go(`/demo/customers/${first?.id}`)
  await marketer.see('由 qwen-plus-2026 润色').waitFor()
  await marketer.open(`/demo/customers/${second?.id}`)
  await marketer.see('AI 拒绝了这条消息，用的是写好的原文').waitFor()
  expect(await page.getByText('由 qwen-plus-2026 润色').count()).toBe(0)
})

async function enter({ page, canvas }: Marketer, id: string | undefined) {
  await canvas.select('picked')
  await page.getByTestId('manual-ids').fill(id ?? '')
  await page.getByTestId('manual-enter').click()
  await expect.poll(() => page.getByTestId('manual-ids').inputValue()).toBe('')
}

test('is warned in live mode of a channel that nobody has set up, and led to its settings', async ({
  marketer,
  server,
}) => {
  const { canvas, page } = marketer
  for (const brand of ['own', 'demo'] as const)
    await apiOf(server.url, brand).post('/journeys', { template: 'qixi-gift-box' })
  await marketer.open('/demo/journeys/qixi-gift-box')
  await marketer.see('校验通过').waitFor()

  const own = apiOf(server.url, 'own')
  await importOne(own)
  await own.post('/journeys', { file: JSON.stringify(bySms) })
  await own.post('/journeys/greeting/publish', { revision: 1 })
  await own.post('/journeys/greeting/enter', { customerIds: ['c1'] })
  await marketer.open('/own/messages')
  await marketer.see('短信还没有设置，排队的消息发不出去').waitFor()

  await marketer.open('/own/journeys/qixi-gift-box')
  await canvas.opened()
  await marketer.see('2 处提醒').click()
  await marketer.at('problem-list').getByText('短信还没有设置').waitFor()
  await page.keyboard.press('Escape')
  await marketer.press('切换到英文')
  await marketer.at('publish').click()
  const dialog = page.getByRole('dialog')
  await dialog.getByText('SMS is not set up').waitFor()
  await dialog.getByText('Set it up under Settings, Channels: SMS').waitFor()
  await dialog.getByTestId('problem-channel-not-set-up').click()

  const sms = marketer.at('channel-sms')
  await sms.getByText('Not set up', { exact: true }).waitFor()
  await page.getByLabel('Gateway address').fill('https://sms.example.com/send')
  await page.getByLabel('Signing secret').fill('sixteen letters and more')
  await marketer.at('save-sms').click()
  await sms.getByText('Not set up', { exact: true }).waitFor({ state: 'hidden' })
  await marketer.go('/own/journeys/qixi-gift-box')
  await marketer.see('1 hint').click()
  await marketer.at('problem-signature-not-set').click()
  await page.getByTestId('brand-signature').fill('鹊桥礼物')
  await marketer.at('save-brand').click()
  await marketer.see('Saved; messages').waitFor()
  await marketer.go('/own/journeys/qixi-gift-box')
  await marketer.see('Checked').waitFor()
})
