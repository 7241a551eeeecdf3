import { audienceList, customerList } from '../../shared/api/customers.ts'
import { apiOf } from './harness/api.ts'
import { expect, test } from './harness/index.ts'

const csv = (name: string, ids: readonly string[]) => ({
  name,
  mimeType: 'text/csv',
  buffer: Buffer.from(`customer_id\n${ids.join('\n')}\n`),
})

test('makes one list after the other from files, adds to one and replaces it', async ({
  marketer,
  server,
}) => {
  const demo = apiOf(server.url, 'demo')
  const { customers } = customerList.parse(await demo.get('/customers?limit=4'))
  const [first = '', second = '', third = '', fourth = ''] = customers.map(({ id }) => id)
  const { page } = marketer
  const told = marketer.at('manual-file-told')
  // The drawer has one input of files.
  const choose = (name: string, ids: readonly string[]) =>
    page.locator('input[type=file]').setInputFiles(csv(name, ids))
  const begin = async (name: string, ids: readonly string[]) => {
    await page.getByPlaceholder('比如：线下活动签到').fill(name)
    await choose(`${name}.csv`, ids)
    await told.waitFor()
  }

  await marketer.open('/demo/audiences')
  await marketer.at('list-by-file').click()
  await begin('周一到店', [first, 'nobody-knows'])
  expect(await told.textContent()).toContain('1 位客户已加进名单')
  expect(await told.textContent()).toContain('nobody-knows')
  await marketer.at('another-list').click()
  await begin('周二到店', [second, third])
  await choose('more.csv', [third, fourth])
  await marketer.see('1 位客户原来就在名单里').waitFor()
  await marketer.at('another-list').click()
  await begin('周三到店', [first])

  const lists = audienceList
    .parse(await demo.get('/audiences'))
    .audiences.filter(({ name }) => name['zh-CN']?.endsWith('到店'))
  expect(new Map(lists.map(({ name, size }) => [name['zh-CN'], size]))).toEqual(
    new Map([
      ['周一到店', 1],
      ['周二到店', 3],
      ['周三到店', 1],
    ]),
  )

  const { key = '' } = lists.find(({ size }) => size === 3) ?? {}
  await marketer.open(`/demo/audiences/${key}`)
  await marketer.at('list-mode').getByText('换掉整份名单').click()
  await choose('others.csv', [first, second])
  await marketer.press('换掉整份名单', page.getByRole('dialog'))
  await marketer.see('2 位客户不在文件里，已移出名单').waitFor()
  const left = customerList.parse(await demo.get(`/customers?audience=${key}`))
  expect(left.customers.map(({ id }) => id)).toEqual([first, second].toSorted())
})
