import { apiOf } from './harness/api.ts'
import { test } from './harness/index.ts'

const name = (zh: string, en: string) => ({ 'zh-CN': zh, en })

test('would delete an audience that another one names, is shown where, and is led there', async ({
  marketer,
  server,
}) => {
  const demo = apiOf(server.url, 'demo')
  const known = { kind: 'attribute', name: 'city', op: 'is_set' }
  await demo.post('/audiences', { key: 'known', name: name('知道城市的', 'City known'), condition: known })
  const within = { kind: 'audience', audience: 'known' }
  await demo.post('/audiences', { key: 'within', name: name('其中的', 'Of these'), condition: within })

  await marketer.open('/demo/audiences')
  await marketer.at('audience-menu-known').click()
  await marketer.page.getByRole('menuitem', { name: '删除' }).click()
  const uses = marketer.at('uses')
  await uses.getByRole('link', { name: '其中的' }).click()
  await uses.waitFor({ state: 'hidden' })
  await marketer.page.waitForURL('**/demo/audiences/within')
  await marketer.see('在人群「知道城市的」').waitFor()
})
