import { type Api, apiOf } from './harness/api.ts'
import { expect, test } from './harness/index.ts'

const name = (zh: string, en: string) => ({ 'zh-CN': zh, en })
const inTown = (city: string) => ({ kind: 'attribute', name: 'city', op: 'eq', value: city })

/** Whoever counts first has the copy made, which a busy machine takes its time for. */
const counting = (demo: Api) =>
  expect
    .poll(
      () =>
        demo.post('/audiences/count', { condition: inTown('杭州') }).then(
          () => 'counts',
          (error: unknown) => String(error),
        ),
      { timeout: 120_000 },
    )
    .toBe('counts')

test('opens an audience to its people, freezes and thaws it, and sees how large it is', async ({
  marketer,
  server,
}) => {
  const demo = apiOf(server.url, 'demo')
  await counting(demo)
  await demo.post('/audiences', {
    key: 'home',
    name: name('杭州客户', 'Hangzhou'),
    condition: inTown('杭州'),
  })
  await marketer.open('/demo/audiences')
  await marketer.at('audience-home').click()
  await marketer.page.waitForURL('**/demo/audiences/home')
  await marketer.page.locator('table').getByText('杭州').first().waitFor()

  // The head of a column puts those with most of it first, and once more those with least.
  const head = marketer.page.getByRole('columnheader', { name: '累计消费' })
  const press = async (sort: string) => {
    await head.click()
    await marketer.page.waitForURL(`**/demo/audiences/home${sort}`)
    // A table that is being read takes no press.
    await marketer.page.locator('.ant-spin-spinning').waitFor({ state: 'detached' })
  }
  await press('?sort=-spent')
  await press('?sort=spent')
  await press('')

  await marketer.at('freeze-audience').click()
  await marketer.press('冻结', marketer.page.getByRole('dialog'))
  await marketer.at('audience-frozen').waitFor()
  await marketer.at('thaw-audience').click()
  await marketer.press('解冻', marketer.page.getByRole('dialog'))
  await marketer.at('audience-frozen').waitFor({ state: 'detached' })

  await marketer.page.getByRole('tab', { name: '人数变化' }).click()
  await marketer.at('look-at-audience').click()
  await marketer.see('已核对：加入 0 人，离开 0 人').waitFor()
  await marketer.page.getByRole('img', { name: '每天的人数' }).waitFor()
})

test('tells a second tab that the audience was changed meanwhile, and loses neither', async ({
  marketer,
  server,
}) => {
  const { page } = marketer
  const demo = apiOf(server.url, 'demo')
  await demo.post('/audiences', { key: 'two', name: name('两处改', 'Two'), condition: inTown('杭州') })
  const second = await page.context().newPage()
  for (const tab of [page, second]) {
    await tab.goto(`${server.url}/demo/audiences/two`)
    await tab.getByTestId('edit-audience').click()
    await tab.getByTestId('ask-tag').waitFor()
  }
  await page.getByRole('dialog').getByRole('textbox').first().fill('先改的')
  await page.getByTestId('save-audience').click()
  await marketer.see('「先改的」已保存').waitFor()

  marketer.watch.expect(/409/)
  await second.getByRole('dialog').getByRole('textbox').first().fill('后改的')
  await second.getByTestId('save-audience').click()
  const told = second.getByTestId('audience-stale')
  await told.getByText('先改的').waitFor()
  expect(await second.getByRole('dialog').getByRole('textbox').first().inputValue()).toBe('后改的')
  await second.getByTestId('stale-mine').click()
  await second.getByTestId('save-audience').click()
  await second.getByText('「后改的」已保存').waitFor()
})

test('sees what two audiences share, and keeps one of the groups as an audience', async ({
  marketer,
  server,
}) => {
  const demo = apiOf(server.url, 'demo')
  const known = { kind: 'attribute', name: 'city', op: 'is_set' }
  await demo.post('/audiences', { key: 'a', name: name('知道城市', 'City known'), condition: known })
  await demo.post('/audiences', { key: 'b', name: name('上海客户', 'Shanghai'), condition: inTown('上海') })
  await marketer.open('/demo/audiences')
  await marketer.at('overlap-audiences').click()
  await marketer.at('overlap-choose').click()
  const option = (text: string) => marketer.page.locator('.ant-select-item-option').filter({ hasText: text })
  await option('知道城市').click()
  await option('上海客户').click()
  await marketer.page.locator('.ant-drawer-title').click()
  await marketer.at('overlap-save-a').click()
  await marketer.see('「知道城市，不在「上海客户」」已保存').waitFor()
})
