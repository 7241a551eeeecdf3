import { countAnswer } from '../../shared/api/customers.ts'
import { apiOf } from './harness/api.ts'
import { expect, test } from './harness/index.ts'

test('has the models fitted, sees how well they did, and why a customer is likely to buy', async ({
  marketer,
  server,
}) => {
  await marketer.open('/demo/models')
  await marketer.at('fit-now').click()
  await marketer.at('model-propensity').waitFor({ timeout: 60_000 })
  expect(await marketer.at('models-table').innerText()).toContain('AUC')
  await marketer.at('model-propensity').click()
  await marketer.page.getByText('在没见过的 30 天里表现如何').waitFor()
  await marketer.page.getByRole('img', { name: '购买倾向：客户的分布' }).waitFor()

  const demo = apiOf(server.url, 'demo')
  const likely = { kind: 'attribute', name: 'score_propensity', op: 'gte', value: 91 }
  const { sample } = countAnswer.parse(await demo.post('/audiences/count', { condition: likely }))
  await marketer.open(`/demo/customers/${sample[0]?.id}`)
  const scores = marketer.at('scores')
  await scores.getByText('生命周期阶段').waitFor()
  await marketer.page.getByText('购买倾向的原因').waitFor()
  await marketer.page.getByRole('link', { name: '评分的含义' }).click()
  await marketer.at('models-table').waitFor()
})
