import { expect, test } from './harness/index.ts'

const customers = [
  '客户编号,姓名,手机号,城市,注册时间,会员等级',
  'c-1,王芳,13800000001,杭州,2025-03-01 09:30,金卡',
  'c-2,李强,13800000002,苏州,2025-04-12,银卡',
  'c-3,张敏,13800000003,宁波,去年春天,银卡',
  ',赵磊,13800000004,温州,2025-05-02,银卡',
  'c-5,陈静,13800000005,绍兴,2025-06-18,金卡',
].join('\n')

const orders = [
  'order_id,customer_id,ordered_at,amount,store',
  'o-1,c-1,2025-08-20 10:00,128.50,湖滨店',
  'o-2,c-1,2025-08-27,320,湖滨店',
  'o-3,c-2,2025-08-28,八十元,观前店',
  'o-4,c-9,2025-08-28,80,观前店',
].join('\n')

const csv = (name: string, text: string) => ({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

test('brings own customers and orders in from files, and is told which rows stayed outside', async ({
  marketer,
}) => {
  const { page } = marketer
  await marketer.open('/demo/import')
  await marketer.at('import-into-own').click()
  await page.waitForURL('**/own/import')

  await page
    .locator('input[type=file]')
    .setInputFiles([csv('customers.csv', customers), csv('orders.csv', orders)])
  await marketer.see('5 行 · 6 列').waitFor()
  await marketer.see('列都对好了').waitFor()
  expect(await marketer.at('map-会员等级').textContent()).toContain('属性')
  await marketer.at('start-import-customers').click()
  await marketer.see('customers.csv 导入好了').waitFor()
  const result = marketer.at('import-result').filter({ hasText: 'customers.csv' })
  expect(await result.getByTestId('count-imported').textContent()).toBe('4')
  expect(await result.getByTestId('count-rejected').textContent()).toBe('1')
  expect(await result.getByTestId('count-cells').textContent()).toBe('1')
  expect(await result.getByTestId('left-out-cells').textContent()).toContain('去年春天')
  const left = await result.getByTestId('rejected-rows').getByRole('row').allTextContents()
  expect(left.map((row) => Number.parseInt(row, 10)).filter(Number.isFinite)).toEqual([5])

  await marketer.at('start-import-orders').click()
  await marketer.see('orders.csv 导入好了').waitFor()
  const ordersResult = marketer.at('import-result').filter({ hasText: 'orders.csv' })
  expect(await ordersResult.getByTestId('rejected-rows').textContent()).toContain('4')

  await ordersResult.getByRole('link', { name: '看客户' }).click()
  await marketer.see('王芳').click()
  await page.waitForURL('**/own/customers/c-1')
  await marketer.see('¥448.50').waitFor()
  await marketer.see('金卡').waitFor()
  await page.getByRole('tab', { name: '订单' }).click()
  await marketer.see('o-2').waitFor()
})

test('loses nothing and doubles nobody by importing the same file again', async ({ marketer }) => {
  const { page } = marketer
  await marketer.open('/own/import')
  await page.locator('input[type=file]').setInputFiles(csv('customers.csv', customers))
  await marketer.at('start-import-customers').click()
  await marketer.see('customers.csv 导入好了').waitFor()
  expect(await marketer.at('count-imported').textContent()).toBe('0')
  expect(await marketer.at('count-unchanged').textContent()).toBe('4')
})

const exported = [
  '会员导出 2026-08-01,,,',
  '会员编号,姓名,纪念日,编码',
  'e-1,甲,2020年8月19日,="007"',
  'e-2,乙,2021/9/1,010',
  '合计,2人,,',
].join('\n')

test('brings a shop’s own export in: the header below a title, a total, days and codes', async ({
  marketer,
}) => {
  const { page } = marketer
  await marketer.open('/own/import')
  await page.locator('input[type=file]').setInputFiles(csv('export.csv', exported))
  await marketer.at('import-warnings').waitFor()
  expect(await marketer.at('import-warnings').textContent()).toMatch(/第 2 行.*合计/s)
  expect(await marketer.at('type-纪念日').textContent()).toContain('日期')
  expect(await marketer.at('type-编码').textContent()).toContain('文本')
  await marketer.at('start-import-customers').click()
  await marketer.see('export.csv 导入好了').waitFor()
  expect(await marketer.at('count-imported').textContent()).toBe('2')
  expect(await marketer.at('passed-rows').textContent()).toContain('合计行')
})

test('sees at once that a file has two columns of the same name', async ({ marketer }) => {
  await marketer.open('/own/import')
  await marketer.page
    .locator('input[type=file]')
    .setInputFiles(csv('twice.csv', 'customer_id,city,city\nc-1,杭州,苏州\n'))
  await marketer.page.getByRole('alert').filter({ hasText: 'city (2)' }).waitFor()
})
